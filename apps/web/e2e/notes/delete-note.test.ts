import { call, signUp } from '../setup/actors.ts'
import { delayResponses } from '../setup/delay-responses.ts'
import { button } from '../setup/forms.ts'
import { removeRoutes } from '../setup/remove-routes.ts'
import { expect, test } from '../setup/test.ts'
import { draftNote, field, openNote, saveStatus } from './note-page.ts'

test('delete note: the dialog stays open until the server answers', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Plan', body: 'One' })
  await page.goto('/')
  await openNote(page, 'Plan')
  await button(page, 'Delete').click()
  const confirmation = page.getByRole('dialog', { name: 'Delete this note?' })
  const release = await delayResponses(page, /notes\.remove/)
  await button(confirmation, 'Delete note').click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(confirmation).toBeVisible()
  await expect(button(confirmation, 'Cancel')).toHaveAttribute('aria-disabled', 'true')
  release()
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
})

test('delete note: a user who navigated away before the response stays on that page', async ({
  page,
  server,
}) => {
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Plan', body: 'One' })
  await page.goto('/account')
  await page.getByRole('link', { name: 'Notes', exact: true }).click()
  await openNote(page, 'Plan')
  await button(page, 'Delete').click()
  const release = await delayResponses(page, /notes\.remove/)
  await button(page.getByRole('dialog'), 'Delete note').click()
  await page.evaluate(() => window.history.go(-2))
  await expect(page).toHaveURL('/account')
  await page.getByLabel('Name', { exact: true }).focus()
  release()
  await expect(page.getByRole('status').first()).toHaveText('Note deleted.')
  await expect(page).toHaveURL('/account')
})

test('delete note: a new note whose response was lost does not reappear', async ({
  page,
  server,
  pageErrors,
}) => {
  pageErrors.allow(/net::ERR_FAILED/)
  await signUp(page, server, 'ada')
  await page.goto('/')
  await page.route('**/trpc/notes.create', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await draftNote(page, 'Short', 'Not for long')
  await expect(saveStatus(page)).toContainText('Not saved: the server cannot be reached.')
  const confirmation = page.getByRole('dialog', { name: 'Delete this note?' })
  await page.route('**/trpc/*notes.list*', (route) => route.abort())
  await button(page, 'Delete').click()
  await button(confirmation, 'Delete note').click()
  await expect(confirmation.getByRole('alert')).toContainText(
    'It is not known yet whether this note was stored.',
  )
  await button(confirmation, 'Cancel').click()
  await expect(field(page, 'Text')).toHaveValue('Not for long')

  await removeRoutes(page, '**/trpc/*notes.list*')
  await button(page, 'Delete').click()
  await button(confirmation, 'Delete note').click()
  await expect(page.getByRole('status').first()).toHaveText('Note deleted.')
  await page.reload()
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
})
