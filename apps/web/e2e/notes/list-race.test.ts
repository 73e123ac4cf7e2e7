import { signUp } from '../setup/actors.ts'
import { expect, test } from '../setup/test.ts'
import { field, note, saveStatus } from './note-page.ts'

test('list of notes: a response from before a save does not hide what was saved', async ({
  page,
  server,
}) => {
  await signUp(page, server, 'ada')
  await page.goto('/notes/new')
  await field(page, 'Title').fill('Groceries')
  await expect(saveStatus(page)).toContainText('Saved')
  // The first list is read before the text is saved, and arrives afterwards.
  const [isRead, isSaved] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await page.route('**/trpc/notes.update', (route) => isRead.promise.then(() => route.continue()))
  let isFirst = true
  await page.route('**/trpc/*notes.list*', async (route) => {
    const response = await route.fetch()
    isRead.resolve()
    if (isFirst) await isSaved.promise
    isFirst = false
    await route.fulfill({ response }).catch(() => {})
  })
  const saved = page.waitForResponse('**/trpc/notes.update')
  await field(page, 'Text').fill('Flour')
  await page.getByRole('link', { name: 'All notes' }).click()
  await saved
  isSaved.resolve()
  await expect(note(page, 'Groceries')).toContainText('Flour')
})
