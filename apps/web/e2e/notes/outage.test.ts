import type { Page } from '@playwright/test'
import { call, signUp } from '../setup/actors.ts'
import { button, chooseLogOut, logOut, openAccount, title } from '../setup/forms.ts'
import { intercept } from '../setup/intercept.ts'
import { lostRequests } from '../setup/page-errors.ts'
import { removeRoutes } from '../setup/remove-routes.ts'
import { expect, test } from '../setup/test.ts'
import { draftNote, field, note, openNote, saveStatus } from './note-page.ts'

const unreachable = 'The server cannot be reached. Check your connection, or try again in a moment.'

test.beforeEach(({ pageErrors }) => pageErrors.allow(lostRequests))

test('outage: unsaved text survives a server restart, and is saved once it is back', async ({
  page,
  ownServer,
}) => {
  await signUp(page, ownServer, 'ada')
  await page.goto(ownServer.url)
  await draftNote(page, 'Long thoughts', 'An hour of work')
  await expect(saveStatus(page)).toContainText('Saved')
  await ownServer.stop()

  await field(page, 'Text').fill('Two hours of work')
  await expect(saveStatus(page)).toContainText('Not saved: the server cannot be reached. Trying again…')
  // Screen readers announce twice: the first failure, and the recovery.
  const announced = saveStatus(page).locator('[aria-live]')
  await expect(announced).toHaveText('Not saved: the server cannot be reached. Trying again…')
  await chooseLogOut(page)
  await button(page.getByRole('dialog', { name: 'Log out without saving?' }), 'Cancel').click()
  // In the list the unsaved note replaces the stored one, with the reason.
  await page.getByRole('link', { name: 'All notes' }).click()
  const waiting = page.getByRole('list', { name: 'Not saved yet' })
  await expect(waiting).toContainText('Not saved: the server cannot be reached. Trying again…')
  await expect(note(page, 'Long thoughts')).toHaveCount(1)
  await openNote(page, 'Long thoughts')
  await ownServer.start()
  await expect(announced).toHaveText('Saved')
  await page.reload()
  await expect(field(page, 'Text')).toHaveValue('Two hours of work')
})

test('outage: a network loss while typing loses nothing, and creates a new note once', async ({
  page,
  context,
  ownServer,
}) => {
  await signUp(page, ownServer, 'ada')
  await page.goto(ownServer.url)
  // The first response is lost: the note is stored, and the browser does not know it.
  await page.route('**/trpc/notes.create', async (route) => {
    await route.fetch()
    await context.setOffline(true)
    await route.abort()
  })
  await draftNote(page, 'Long thoughts', 'An hour')
  await expect(saveStatus(page)).toContainText('Not saved: offline. Trying again…')
  await removeRoutes(page, '**/trpc/notes.create')
  await field(page, 'Text').fill('An hour of work')

  // The list shows it too, and closing the tab asks first.
  await page.getByRole('link', { name: 'All notes' }).click()
  const waiting = page.getByRole('list', { name: 'Not saved yet' })
  await expect(waiting).toContainText('An hour of work')
  // Until it is saved, only the memory and the session storage of this tab have it.
  const kept = await page.evaluate(async () => ({
    entries: [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length],
    history: JSON.stringify(history.state),
  }))
  expect(kept.entries).toEqual([0, 1, 0])
  expect(kept.history).not.toContain('hour')
  page.once('dialog', (dialog) => void dialog.dismiss())
  const dialogShown = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  expect((await dialogShown).type()).toBe('beforeunload')

  await context.setOffline(false)
  await expect(waiting).toBeHidden()
  await expect(note(page, 'Long thoughts')).toHaveCount(1)
  await expect(note(page, 'Long thoughts')).toContainText('An hour of work')
  await expect.poll(() => page.evaluate(() => sessionStorage.length)).toBe(0)
})

test('outage: offline, a second new note can be written while the first waits', async ({
  page,
  context,
  server,
}) => {
  await signUp(page, server, 'ada')
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  await context.setOffline(true)
  const waiting = page.getByRole('list', { name: 'Not saved yet' })
  for (const name of ['First', 'Second']) {
    await page.getByRole('link', { name: 'New note' }).click()
    await expect(field(page, 'Title')).toHaveValue('')
    await field(page, 'Title').fill(name)
    await expect(saveStatus(page)).toContainText('Not saved')
    await page.getByRole('link', { name: 'All notes' }).click()
    await expect(waiting).toContainText(name)
  }
  await openNote(page, 'First')
  await expect(field(page, 'Title')).toHaveValue('First')
  // A new note also opens from an unsaved one, and back returns to it.
  await page.keyboard.press('Alt+n')
  await expect(field(page, 'Title')).toHaveValue('')
  await page.goBack()
  await expect(field(page, 'Title')).toHaveValue('First')
  await context.setOffline(false)
  await expect(saveStatus(page)).toContainText('Saved')
  await page.getByRole('link', { name: 'All notes' }).click()
  for (const name of ['First', 'Second']) await expect(note(page, name)).toHaveCount(1)
  await expect(waiting).toBeHidden()
})

test('outage: requests without a response time out', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  const { id } = await call(page, server, 'notes.create', { title: 'Groceries', body: 'Flour' })
  await page.clock.install()
  await page.goto(`/notes/${id}`)
  await expect(field(page, 'Text')).toHaveValue('Flour')
  await intercept(page, '*/trpc/notes.*', 'hold')
  await field(page, 'Text').fill('Flour and pears')
  await page.clock.fastForward(2_000)
  await expect(saveStatus(page)).toContainText('Saving…')
  // The log-out waits for the pending save.
  await chooseLogOut(page)
  await page.clock.fastForward(25_000)
  await expect(saveStatus(page)).toContainText('Not saved: the server cannot be reached.')
  await button(page.getByRole('dialog', { name: 'Log out without saving?' }), 'Cancel').click()

  await page.getByRole('link', { name: 'All notes' }).click()
  const main = page.getByRole('main')
  await expect(main.locator('[aria-busy=true]')).toHaveText('Loading your notes')
  await page.clock.fastForward(12_000)
  await expect(main.getByText('This takes longer than usual.')).toBeVisible()
  await page.clock.fastForward(30_000)
  await expect(main.getByRole('alert')).toContainText(unreachable)
})

test('outage: a failed page offers a retry, and recovers when the server is back', async ({
  page,
  ownServer,
}) => {
  await signUp(page, ownServer, 'ada')
  await call(page, ownServer, 'notes.create', { title: 'Groceries', body: 'Flour' })
  await page.route('**/assets/login-*.js', (route) => route.abort())
  await page.goto(ownServer.url)
  await expect(note(page, 'Groceries')).toBeVisible()
  await page.waitForLoadState('networkidle')
  await removeRoutes(page)
  await ownServer.stop()

  await page.getByRole('searchbox', { name: 'Search notes' }).fill('flour')
  await expect(page.getByRole('alert')).toContainText(unreachable)
  await button(page, 'Try again').click()
  await expect(page.getByRole('alert')).toContainText(unreachable)
  await chooseLogOut(page)
  await expect(page.getByRole('status')).toHaveText(`You are still logged in. ${unreachable}`)

  await ownServer.start()
  await expect(note(page, 'Groceries')).toBeVisible()
  await logOut(page)
})

test('outage: a page whose code is not loaded says so', async ({ page, ownServer }) => {
  await signUp(page, ownServer, 'ada')
  // The preload after the first page fails.
  await page.route('**/assets/account-*.js', (route) => route.abort())
  await page.goto(ownServer.url)
  await expect(title(page)).toHaveText('Your notes')
  await page.waitForLoadState('networkidle')
  await removeRoutes(page, '**/assets/account-*.js')
  await ownServer.stop()

  await openAccount(page)
  await expect(title(page)).toHaveText('This page cannot be shown')
  await expect(page.getByRole('main')).toContainText('The server cannot be reached.')
  await expect(button(page, 'Try again')).toBeVisible()
  await ownServer.start()
  await expect(title(page)).toHaveText('Profile')
})

test.describe('a first visit', () => {
  // A cached file would replace the missing one.
  test.use({ isFirstVisit: true })

  test('outage: page code replaced by a deployment is not blamed on the network', async ({
    page,
    server,
    pageErrors,
  }) => {
    pageErrors.allow(/status of 404/)
    await signUp(page, server, 'ada')
    // As after a deployment, which removes the files of the former version.
    await page.route('**/assets/account-*.js', (route) => route.fulfill({ status: 404 }))
    await page.goto('/')
    await expect(title(page)).toHaveText('Your notes')
    await openAccount(page)
    await expect(title(page)).toHaveText('This page cannot be shown')
    await expect(page.getByRole('main')).toContainText(
      'This page could not be loaded. It may have been replaced by a newer version.',
    )
    // The first failure reloads the page without a message: a user could not read it in time.
    expect(await navigationType(page)).toBe('reload')
    await removeRoutes(page)
    await button(page, 'Reload the page').click()
    await expect(title(page)).toHaveText('Profile')
  })
})

function navigationType(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation')
    return navigation instanceof PerformanceNavigationTiming ? navigation.type : undefined
  })
}
