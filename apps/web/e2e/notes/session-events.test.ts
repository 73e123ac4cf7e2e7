import { signupInput } from '@app/contract/testing'
import type { BrowserContext, Page } from '@playwright/test'
import { call, endSessions, newCredentials, signUp } from '../setup/actors.ts'
import { chooseAction, promoteToAdmin, findUser, logInAsAdmin } from '../setup/admins.ts'
import { lockScreen, logOut, title, unlockWithPassword } from '../setup/forms.ts'
import { lostRequests } from '../setup/page-errors.ts'
import { repeatedCalls } from '../setup/repeated-calls.ts'
import { startTitle } from '../setup/start-title.ts'
import { expect, test } from '../setup/test.ts'
import { draftNote, field, saveStatus } from './note-page.ts'

test('session events: one tab opens the stream for all, and another one takes over', async ({
  page,
  context,
  openBrowser,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  const streams = tabsWithStreams(context)
  const first = context.waitForEvent('response', isStream)
  await page.goto('/')
  await first
  const [second, third] = [await context.newPage(), await context.newPage()]
  for (const tab of [second, third]) {
    await tab.goto('/')
    await expect(title(tab)).toHaveText(startTitle)
  }
  expect(streams).toEqual([page])

  const next = context.waitForEvent('response', isStream)
  await page.close()
  await next
  expect(streams).toHaveLength(2)
  await endSessions(await openBrowser(), server, ada)
  for (const tab of [second, third]) await expect(lockScreen(tab)).toBeVisible()
  await unlockWithPassword(second, ada)
  for (const tab of [second, third]) await expect(lockScreen(tab)).toBeHidden()
})

test('session events: no stream without a session', async ({ page, context, server }) => {
  const streams = tabsWithStreams(context)
  await page.goto('/login')
  await expect(title(page)).toHaveText('Log in')
  await signUp(page, server, 'ada')
  const opened = context.waitForEvent('response', isStream)
  await page.goto('/')
  await opened
  const heldLocks = () => page.evaluate(async () => (await navigator.locks.query()).held?.length)
  expect(await heldLocks()).toBe(1)
  await logOut(page)
  await expect.poll(heldLocks).toBe(0)
  expect(streams).toHaveLength(1)
})

test('session events: a first load of a logged-in user calls auth.session once', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  const opened = page.waitForEvent('response', isStream)
  await page.goto('/')
  await opened
  await expect(title(page)).toHaveText(startTitle)
  await page.waitForLoadState('networkidle')
  expect(await repeatedCalls(page, 'auth.session', 'notes.list')).toEqual([])
})

test('session events: a role change before the stream begins is shown', async ({
  page,
  openBrowser,
  server,
}) => {
  const tab = await openBrowser()
  const { user } = await call(tab, server, 'auth.signup', signupInput(newCredentials('ben')))
  await logInAsAdmin(page, server)
  const released = Promise.withResolvers<void>()
  await tab.route('**/trpc/sessions.events*', async (route) => {
    await released.promise
    await route.continue()
  })
  await tab.goto(server.url)
  await expect(title(tab)).toHaveText(startTitle)
  const audit = tab.getByRole('link', { name: 'Audit log', exact: true })
  await call(page, server, 'users.setRole', { id: user.id, role: 'admin' })
  await expect(audit).toHaveCount(0)
  released.resolve()
  await expect(audit).toBeVisible()
})

test('session events: a role change shows immediately, in every tab', async ({
  page,
  openBrowser,
  ownServer,
}) => {
  const first = await openBrowser()
  const ben = await signUp(first, ownServer, 'ben')
  const opened = first.waitForEvent('response', isStream)
  await first.goto(`${ownServer.url}/users`)
  await opened
  const second = await first.context().newPage()
  await second.goto(`${ownServer.url}/users`)
  for (const tab of [first, second]) {
    await expect(tab.getByRole('row', { name: ben.username })).toBeVisible()
    await expect(tab.getByRole('button', { name: /^Manage/ })).toHaveCount(0)
  }
  await logInAsAdmin(page, ownServer)
  await findUser(page, ownServer, ben.username)

  await promoteToAdmin(page, ben.username)
  for (const tab of [first, second]) {
    await expect(tab.getByRole('button', { name: /^Manage/ }).first()).toBeVisible()
    await expect(tab.getByRole('link', { name: 'Audit log', exact: true })).toBeVisible()
  }
  await chooseAction(page, ben.username, 'Make user')
  for (const tab of [first, second]) await expect(tab.getByRole('button', { name: /^Manage/ })).toHaveCount(0)
})

test('session events: after a role change, the list of the former role is never shown', async ({
  page,
  openBrowser,
  server,
}) => {
  const tab = await openBrowser()
  const { user } = await call(tab, server, 'auth.signup', signupInput(newCredentials('ben')))
  const email = 'cleo@example.org'
  const cleo = await call(
    await openBrowser(),
    server,
    'auth.signup',
    signupInput({ ...newCredentials('cleo'), email }),
  )
  await logInAsAdmin(page, server)
  await call(page, server, 'users.setDisabled', { id: cleo.user.id, disabled: true })
  await tab.goto(`/users?search=${cleo.user.username}`)
  const row = tab.getByRole('row', { name: cleo.user.username })
  await expect(row).toBeVisible()

  const released = Promise.withResolvers<void>()
  await tab.route('**/trpc/*users.list*', async (route) => {
    await released.promise
    await route.continue()
  })
  await call(page, server, 'users.setRole', { id: user.id, role: 'admin' })
  await expect(tab.getByRole('link', { name: 'Audit log', exact: true })).toBeVisible()
  await expect(row).toBeHidden()
  released.resolve()
  await expect(row).toContainText(email)
  await expect(row).toContainText('Disabled')
  await expect(tab.getByRole('columnheader', { name: 'Role' })).toBeVisible()

  await call(page, server, 'users.setRole', { id: user.id, role: 'user' })
  await expect(tab.getByRole('columnheader', { name: 'Joined' })).toBeVisible()
  await expect(row).toBeVisible()
  await expect(row).not.toContainText(email)
  await expect(row).not.toContainText('Disabled')
})

test('session events: the list of sessions follows other devices', async ({ page, openBrowser, server }) => {
  const ada = await signUp(page, server, 'ada')
  await page.goto('/account/sessions')
  const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('heading')
  await expect(sessions).toHaveCount(1)
  const phone = await openBrowser()
  await call(phone, server, 'auth.login', ada)
  await expect(sessions).toHaveCount(2)
  await phone.goto(server.url)
  await logOut(phone)
  await expect(sessions).toHaveCount(1)
})

test('session events: reconnect after a server restart', async ({
  page,
  openBrowser,
  ownServer,
  pageErrors,
}) => {
  pageErrors.allow(lostRequests)
  const ada = await signUp(page, ownServer, 'ada')
  const opened = page.waitForEvent('response', isStream)
  await page.goto(ownServer.url)
  await opened
  await draftNote(page, 'Half a thought', 'and the other half')
  await ownServer.stop()
  await ownServer.start()

  const again = page.waitForEvent('response', isStream)
  await focusWindow(page)
  await again
  await expect(field(page, 'Text')).toBeVisible()
  await endSessions(await openBrowser(), ownServer, ada)
  await expect(lockScreen(page)).toBeVisible()
  await unlockWithPassword(page, ada)
  await expect(field(page, 'Text')).toHaveValue('and the other half')
})

test('session events: a session that ended while offline locks the page when online', async ({
  page,
  context,
  openBrowser,
  server,
  pageErrors,
}) => {
  pageErrors.allow(lostRequests)
  const ada = await signUp(page, server, 'ada')
  await page.goto('/')
  await draftNote(page, 'Half a thought', 'and the other half')
  await context.setOffline(true)
  await focusWindow(page)
  await endSessions(await openBrowser(), server, ada)
  await expect(field(page, 'Text')).toBeVisible()

  await context.setOffline(false)
  await expect(lockScreen(page)).toBeVisible()
  await unlockWithPassword(page, ada)
  await expect(field(page, 'Text')).toHaveValue('and the other half')
})

test('session events: a new session of the same user does not lock the page', async ({ page, server }) => {
  const ada = await signUp(page, server, 'ada')
  await page.goto('/')
  await draftNote(page, 'Half a thought', 'and the other half')
  // The log-in ends the page's session and sets the cookie of the new one.
  await call(page, server, 'auth.login', ada)
  await focusWindow(page)
  await expect(saveStatus(page)).toContainText('Saved')
  await expect(lockScreen(page)).toBeHidden()
})

/** Records the tabs that open a stream, in order. */
function tabsWithStreams(context: BrowserContext): (Page | null)[] {
  const opened: (Page | null)[] = []
  context.on('request', (request) => {
    if (isStream(request)) opened.push(request.frame().page())
  })
  return opened
}

function isStream(exchange: { url(): string }): boolean {
  return new URL(exchange.url()).pathname === '/trpc/sessions.events'
}

/** Focuses the window, as a user who returns to it. */
function focusWindow(page: Page): Promise<unknown> {
  return page.evaluate(() => window.dispatchEvent(new Event('focus')))
}
