import { call, signUp } from '../setup/actors.ts'
import { title } from '../setup/forms.ts'
import { lostRequests } from '../setup/page-errors.ts'
import { expect, test } from '../setup/test.ts'
import { field, note, openNote } from './note-page.ts'

test('notes: offline, a note that was never opened says when it opens, and opens by itself', async ({
  page,
  context,
  server,
  pageErrors,
}) => {
  pageErrors.allow(lostRequests)
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Groceries', body: 'Flour\nPears' })
  await call(page, server, 'notes.create', { title: 'Train', body: 'Leaves at nine' })
  await page.goto('/')
  await openNote(page, 'Train')
  await page.getByRole('link', { name: 'All notes' }).click()
  await expect(note(page, 'Groceries')).toBeVisible()

  await context.setOffline(true)
  const never = note(page, 'Groceries').getByRole('link')
  await never.click()
  const message = page.getByRole('alert')
  await expect(title(page)).toHaveText('This note cannot be shown')
  await expect(message).toContainText(
    'This note is not stored on this device yet. It opens when you are online again.',
  )

  // The list is still there, and what was opened before opens again.
  await page.getByRole('link', { name: 'All notes' }).click()
  await expect(note(page, 'Groceries')).toContainText('Flour')
  await openNote(page, 'Train')
  await expect(field(page, 'Text')).toHaveValue('Leaves at nine')
  await page.getByRole('link', { name: 'All notes' }).click()

  await never.click()
  await expect(message).toBeVisible()
  await context.setOffline(false)
  await expect(field(page, 'Text')).toHaveValue('Flour\nPears')
})
