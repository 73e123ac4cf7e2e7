import type { Page } from '@playwright/test'
import { call, newCredentials, signUp } from '../setup/actors.ts'
import { clientData } from '../setup/client-data.ts'
import { button, lockScreen, logIn, logOut, openAccount, title, unlockWithPassword } from '../setup/forms.ts'
import { expect, test } from '../setup/test.ts'
import { withoutEventStream } from '../setup/without-event-stream.ts'
import { draftNote, field, note, saveStatus } from './note-page.ts'

const secret = 'The key is under the third pot'

test('tabs: a log-out in one tab locks the others, and a log-in unlocks them', async ({
  page,
  context,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  await page.goto('/account')
  const name = page.getByRole('form', { name: 'Your name' }).getByLabel('Name')
  await name.fill('Ada of the Hill')
  const [second, third] = [await context.newPage(), await context.newPage()]
  await second.goto('/')
  await third.goto('/users')
  await expect(title(third)).toHaveText('Users')
  await logOut(second)

  await expect(second.getByRole('status')).toHaveText('You are logged out.')
  for (const tab of [page, third]) {
    await expect(lockScreen(tab).getByRole('status')).toHaveText(
      'You were logged out in another tab. Log in to continue where you were.',
    )
    await expect(tab.getByRole('main')).toBeHidden()
  }
  await unlockWithPassword(third, ada)
  await expect(title(second)).toHaveText('Your notes')
  for (const tab of [page, third]) await expect(lockScreen(tab)).toBeHidden()
  await expect(title(third)).toHaveText('Users')
  await expect(name).toHaveValue('Ada of the Hill')
  await expect(name).toBeFocused()
})

test("tabs: the next user in the same browser never sees the previous user's notes", async ({
  page,
  context,
  openBrowser,
  server,
}) => {
  const ben = await signUp(await openBrowser(), server, 'ben')
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Only Ada', body: secret })
  await page.goto('/')
  await expect(note(page, 'Only Ada')).toContainText(secret)
  const second = await context.newPage()
  await second.goto('/')
  await expect(note(second, 'Only Ada')).toContainText(secret)
  for (const tab of [page, second]) expect(await clientData(tab)).toContain(secret)

  await logOut(second)
  await expect(lockScreen(page)).toBeVisible()
  for (const tab of [page, second]) await watchForText(tab, secret)
  await logIn(second, ben)
  for (const tab of [page, second]) {
    await expect(title(tab)).toHaveText('Your notes')
    await expect(tab.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
    expect(await tab.evaluate(() => document.body.textContent)).not.toContain(secret)
    expect(await clientData(tab)).not.toContain(secret)
  }
  await second.goBack()
  await expect(title(second)).toHaveText('Your notes')

  for (const tab of [page, second]) expect(await wasTextSeen(tab)).toBe(false)
})

test('tabs: a message is shown to its user only', async ({ page, context, openBrowser, server }) => {
  const ben = await signUp(await openBrowser(), server, 'ben')
  const ada = newCredentials('ada')
  await page.goto('/signup')
  await page.getByLabel('User name').fill(ada.username)
  await page.getByLabel('Password', { exact: true }).fill(ada.password)
  await button(page, 'Sign up').click()
  await expect(page.getByRole('status')).toContainText(`Welcome, ${ada.username}`)
  const second = await context.newPage()
  await second.goto('/')
  await logOut(second)
  await expect(lockScreen(page)).toBeVisible()
  await logIn(second, ben)
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  await expect(page.getByRole('status')).toBeEmpty()
})

test('tabs: an export of one user is not saved after another user logged in', async ({
  page,
  openBrowser,
  server,
}) => {
  await withoutEventStream(page)
  const ben = await signUp(await openBrowser(), server, 'ben')
  await signUp(page, server, 'ada')
  const saved: string[] = []
  page.on('download', (download) => saved.push(download.suggestedFilename()))
  const [fetched, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await page.route('**/trpc/account.export*', async (route) => {
    const response = await route.fetch()
    fetched.resolve()
    await released.promise
    await route.fulfill({ response })
  })
  await page.goto('/account/data')
  await button(page, 'Download my data').click()
  await fetched.promise
  await call(page, server, 'auth.login', ben)
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(title(page)).toHaveText('Your notes')

  const exported = page.waitForResponse('**/trpc/account.export*')
  released.resolve()
  // Without finished(): Chromium may report no end of a streamed body that a route fulfilled.
  await exported
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)))
  expect(saved).toEqual([])
})

test('tabs: a log-in in another tab locks the page until the server names the user', async ({
  page,
  context,
  openBrowser,
  server,
}) => {
  const ben = await signUp(await openBrowser(), server, 'ben')
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Only Ada', body: secret })
  await page.goto('/')
  await expect(note(page, 'Only Ada')).toBeVisible()
  const second = await context.newPage()
  await second.goto('/users')
  const release = Promise.withResolvers<void>()
  await page.route('**/trpc/*auth.session*', async (route) => {
    await release.promise
    await route.continue()
  })

  await postToTabs(second, 'signed-in')
  await expect(page.getByRole('dialog', { name: 'One moment' })).toBeVisible()
  await expect(page.getByRole('main')).toBeHidden()
  expect(await page.evaluate(() => document.body.innerText)).not.toContain(secret)
  await call(second, server, 'auth.login', ben)
  await watchForText(page, secret)
  release.resolve()

  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  expect(await wasTextSeen(page)).toBe(false)
})

test('tabs: a resumed page stays locked until the server names the user', async ({ page, server }) => {
  // No other request for the session may run while the page is frozen.
  await withoutEventStream(page)
  await signUp(page, server, 'ada')
  await page.goto('/')
  await draftNote(page, 'Half a thought', secret)
  await expect(saveStatus(page)).toContainText('Saved')
  for (const [leave, back] of [
    ['pagehide', 'pageshow'],
    ['freeze', 'resume'],
  ] as const) {
    await dispatchLifecycleEvent(page, leave)
    await expect(page.getByRole('main')).toBeHidden()
    await dispatchLifecycleEvent(page, back)
    await expect(field(page, 'Text')).toBeVisible()
    await expect(field(page, 'Text')).toBeFocused()
  }

  await dispatchLifecycleEvent(page, 'pagehide')
  await page.context().clearCookies()
  await dispatchLifecycleEvent(page, 'pageshow')
  await expect(lockScreen(page)).toBeVisible()
})

test('tabs: a missed change of user is detected on focus', async ({ page, openBrowser, server }) => {
  await withoutEventStream(page)
  const ben = await signUp(await openBrowser(), server, 'ben')
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Only Ada', body: secret })
  await page.clock.install()
  const streams: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/trpc/sessions.events')) streams.push(request.url())
  })
  await page.goto('/account')
  await expect(title(page)).toHaveText('Profile')

  // In the same browser, without a message to the tab.
  await call(page, server, 'auth.login', ben)
  await page.clock.fastForward(10_000)
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))

  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  await openAccount(page)
  await expect(page.getByRole('region', { name: 'Account' })).toContainText(ben.username)
  expect(streams).toEqual([])
})

test('tabs: a log-in in one tab logs the other one in', async ({ page, context, openBrowser, server }) => {
  const ada = await signUp(await openBrowser(), server, 'ada')
  const second = await context.newPage()
  // Without it the message alone reports the log-in, as on plain http.
  for (const tab of [page, second]) await withoutEventStream(tab)
  await page.goto('/login?redirectTo=%2Faccount')
  await second.goto('/login')
  await logIn(second, ada)

  await expect(title(second)).toHaveText('Your notes')
  await expect(page).toHaveURL('/account')
})

/** Posts a message to the other tabs, as a tab of the app does. */
function postToTabs(tab: Page, message: string): Promise<void> {
  return tab.evaluate((text) => new BroadcastChannel('session').postMessage(text), message)
}

/** Dispatches the event of a frozen or resumed page. Browsers under test freeze no page. */
function dispatchLifecycleEvent(
  page: Page,
  event: 'pagehide' | 'pageshow' | 'freeze' | 'resume',
): Promise<unknown> {
  return page.evaluate((name) => {
    if (name === 'freeze' || name === 'resume') document.dispatchEvent(new Event(name))
    else window.dispatchEvent(new PageTransitionEvent(name, { persisted: true }))
  }, event)
}

/** Records whether the text is visible at any time from now on, even for one frame. */
function watchForText(page: Page, text: string): Promise<void> {
  return page.evaluate((wanted) => {
    const check = () => {
      if (document.body.innerText.includes(wanted)) document.documentElement.dataset['seen'] = 'yes'
      requestAnimationFrame(check)
    }
    const all = { attributes: true, childList: true, subtree: true, characterData: true }
    new MutationObserver(check).observe(document, all)
    check()
  }, text)
}

function wasTextSeen(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.dataset['seen'] === 'yes')
}
