import { call, signUp } from '../setup/actors.ts'
import { lockScreen, logIn, logOut, unlockWithPassword } from '../setup/forms.ts'
import { removeRoutes } from '../setup/remove-routes.ts'
import { expect, test } from '../setup/test.ts'
import { withoutEventStream } from '../setup/without-event-stream.ts'
import { draftNote, field, note, openNote, saveStatus } from './note-page.ts'

test('drafts: unsaved text survives the end of the session, and the next log-in saves it', async ({
  page,
  context,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Plan', body: 'As it was' })
  await page.goto('/')
  await openNote(page, 'Plan')
  await context.clearCookies()
  await field(page, 'Text').fill('As it will be')

  // The hint appears only with unsaved text.
  await expect(lockScreen(page).getByRole('status')).toHaveText(
    'Your session has ended. Log in again; your text is kept.',
  )
  await expect(lockScreen(page)).toContainText(`Your text is kept for ${ada.username} only.`)
  await unlockWithPassword(page, ada)
  await expect(field(page, 'Text')).toBeFocused()
  await expect(field(page, 'Text')).toHaveValue('As it will be')
  await expect(saveStatus(page)).toContainText('Saved')
  await page.reload()
  await expect(field(page, 'Text')).toHaveValue('As it will be')
})

test('drafts: another user never finds unsaved text, after a session end or a log-out', async ({
  page,
  context,
  openBrowser,
  server,
}) => {
  const ben = await signUp(await openBrowser(), server, 'ben')
  const ada = await signUp(page, server, 'ada')
  await page.goto('/')
  await page.getByRole('link', { name: 'New note' }).click()
  await field(page, 'Title').fill('Only Ada')
  await context.clearCookies()
  await field(page, 'Text').fill('The key is under the third pot')
  await expect(lockScreen(page)).toBeVisible()
  await logIn(page, ben)
  await expect(page).toHaveURL('/')
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()

  await logOut(page)
  await logIn(page, ada)
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  await page.getByRole('link', { name: 'New note' }).click()
  await expect(field(page, 'Text')).toHaveValue('')
})

test('drafts: a tab that missed a change of user does not save the text for the new user', async ({
  page,
  openBrowser,
  server,
}) => {
  const ben = await signUp(await openBrowser(), server, 'ben')
  await signUp(page, server, 'ada')
  await withoutEventStream(page)
  await page.goto('/')
  await page.getByRole('link', { name: 'New note' }).click()
  await expect(field(page, 'Title')).toBeFocused()
  // In the same browser, without a message to the tab.
  await call(page, server, 'auth.login', ben)
  await field(page, 'Text').fill('The key is under the third pot')
  await expect(page).toHaveURL('/')
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
})

test('drafts: log-out saves text typed just before', async ({ page, server }) => {
  const ada = await signUp(page, server, 'ada')
  await page.goto('/')
  await draftNote(page, 'Last words', 'Typed just now')
  await logOut(page)
  await logIn(page, ada)
  await expect(note(page, 'Last words')).toContainText('Typed just now')
})

test('drafts: a text is saved when its tab is hidden, and again when the network returns', async ({
  page,
  server,
  pageErrors,
}) => {
  pageErrors.allow(/net::ERR_FAILED/)
  await page.clock.install()
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Plan', body: 'One' })
  await page.goto('/')
  await openNote(page, 'Plan')
  // No pause after typing ends, and no pause before the next attempt.
  await page.clock.pauseAt(Date.now() + 3_600_000)
  await field(page, 'Text').fill('One and two')
  await page.route(/notes\.update/, (route) => route.abort())
  const failed = page.waitForEvent('requestfailed', {
    predicate: (request) => /notes\.update/.test(request.url()),
  })
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await failed
  await expect(saveStatus(page)).toContainText('Not saved')
  await removeRoutes(page)
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(saveStatus(page)).toContainText('Saved')
})
