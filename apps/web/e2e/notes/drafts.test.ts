import { call, signUp } from '../setup/actors.ts'
import { button, logIn, unlockWithPassword, lockScreen, title } from '../setup/forms.ts'
import { expect, test } from '../setup/test.ts'
import { withoutEventStream } from '../setup/without-event-stream.ts'
import { draftNote, field, note, openNote, saving } from './note-page.ts'

test('what was typed is still there after the session ended and a new log-in, and is saved', async ({
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

  // Only where something was typed that is not stored.
  await expect(lockScreen(page).getByRole('status')).toHaveText(
    'Your session has ended. Log in again; your text is kept.',
  )
  await expect(lockScreen(page)).toContainText(`Your text is kept for ${ada.username} only.`)
  await unlockWithPassword(page, ada)
  await expect(field(page, 'Text')).toBeFocused()
  await expect(field(page, 'Text')).toHaveValue('As it will be')
  await expect(saving(page)).toContainText('Saved')
  await page.reload()
  await expect(field(page, 'Text')).toHaveValue('As it will be')
})

test('nobody else finds what was typed, whether the session ended or the person logged out', async ({
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

  await button(page, 'Log out').click()
  await expect(title(page)).toHaveText('Log in')
  await logIn(page, ada)
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  await page.getByRole('link', { name: 'New note' }).click()
  await expect(field(page, 'Text')).toHaveValue('')
})

test('a tab that was not told of a change of person gives nobody the text of the other', async ({
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
  // In this browser, without any word to the tab.
  await call(page, server, 'auth.login', ben)
  await field(page, 'Text').fill('The key is under the third pot')
  await expect(page).toHaveURL('/')
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
})

test('the log-out saves what was typed a moment before', async ({ page, server }) => {
  const ada = await signUp(page, server, 'ada')
  await page.goto('/')
  await draftNote(page, 'Last words', 'Typed just now')
  await button(page, 'Log out').click()
  await expect(title(page)).toHaveText('Log in')
  await logIn(page, ada)
  await expect(note(page, 'Last words')).toContainText('Typed just now')
})
