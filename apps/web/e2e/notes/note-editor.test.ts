import { product } from '@app/contract/product'
import { call, signUp } from '../setup/actors.ts'
import { button, title } from '../setup/forms.ts'
import { removeRoutes } from '../setup/remove-routes.ts'
import { expect, test } from '../setup/test.ts'
import { draftNote, field, note, openNote, saveStatus } from './note-page.ts'

test('editor: saves while the user types, changes the URL, and loses no key', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  await page.goto('/')
  // The responses are delayed while typing continues.
  const pending: (() => void)[] = []
  await page.route('**/trpc/notes.*', async (route) => {
    if (route.request().method() === 'POST') await new Promise<void>((resolve) => pending.push(resolve))
    await route.continue()
  })
  await expect(title(page)).toHaveText('Your notes')
  await page.keyboard.press('Alt+n')
  await expect(field(page, 'Title')).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.type('First line\n')
  await expect.poll(() => pending.length).toBe(1)
  await expect(saveStatus(page)).toContainText('Saving…')
  await page.keyboard.type('second')
  pending[0]?.()
  await expect(page).toHaveURL(/\/notes\/\w{8}-/)
  await expect(field(page, 'Text')).toBeFocused()
  await page.keyboard.type(' line')
  await expect.poll(() => pending.length).toBe(2)
  pending[1]?.()
  await expect(saveStatus(page)).toContainText('Saved')
  await expect(page).toHaveTitle(`First line · ${product.name}`)

  await removeRoutes(page, '**/trpc/notes.*')
  await page.reload()
  await expect(field(page, 'Title')).toHaveValue('First line')
  await expect(field(page, 'Text')).toHaveValue('First line\nsecond line')
})

test('editor: blur and hiding the tab save immediately, and a saved note closes without a question', async ({
  page,
  context,
  server,
}) => {
  await signUp(page, server, 'ada')
  const { id } = await call(page, server, 'notes.create', { title: 'Plan', body: '' })
  // The clock is paused, so only the user's actions save.
  await page.clock.install()
  await page.goto(`/notes/${id}`)
  await field(page, 'Text').fill('One')
  await page.clock.pauseAt(Date.now() + 60_000)
  await field(page, 'Text').fill('Two')
  await field(page, 'Title').focus()
  await expect(saveStatus(page)).toContainText('Saved')
  await field(page, 'Title').fill('Plan B')
  await expect(saveStatus(page)).toContainText('Saving…')
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await expect(saveStatus(page)).toContainText('Saved')

  await page.clock.resume()
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.type())
    void dialog.accept()
  })
  const closed = page.waitForEvent('close')
  await page.close({ runBeforeUnload: true })
  await closed
  expect(dialogs).toEqual([])
  const again = await context.newPage()
  await again.goto(`/notes/${id}`)
  await expect(field(again, 'Title')).toHaveValue('Plan B')
  await expect(field(again, 'Text')).toHaveValue('Two')
})

test('editor: back returns to the same place in the same search', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  for (let index = 1; index <= 25; index += 1)
    await call(page, server, 'notes.create', { title: `Plum ${index}`, body: '' })
  await page.goto('/')
  await expect(page.getByText('The newest 20')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search notes' }).fill('plum')
  await expect(page).toHaveURL('/?search=plum')
  await button(page, 'Load more').click()
  await expect(page.getByText('25 notes', { exact: true })).toBeVisible()
  const last = note(page, 'Plum 2').getByRole('link')
  await last.click()
  await expect(field(page, 'Title')).toHaveValue('Plum 2')
  await page.goBack()
  await expect(last).toBeFocused()
  await expect(last).toBeInViewport()
  await last.click()
  await page.getByRole('link', { name: 'All notes' }).click()
  await expect(last).toBeFocused()
  await expect(page).toHaveURL('/?search=plum')
})

test("editor: a deleted note, or another user's, is not found", async ({ page, openBrowser, server }) => {
  const other = await openBrowser()
  await signUp(other, server, 'ben')
  const { id } = await call(other, server, 'notes.create', { title: 'Only Ben', body: '' })
  await signUp(page, server, 'ada')
  await page.goto(`/notes/${id}`)
  await expect(title(page)).toHaveText('Note not found')
  await expect(page.getByRole('main')).toContainText('This no longer exists.')
  await page.getByRole('link', { name: 'Go to your notes' }).click()

  await draftNote(page, 'Short', 'Not for long')
  await expect(saveStatus(page)).toContainText('Saved')
  const address = page.url()
  await button(page, 'Delete').click()
  await button(page.getByRole('dialog'), 'Delete note').click()
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  await page.goto(address)
  await expect(title(page)).toHaveText('Note not found')
})

test('editor: shows why a note cannot be saved, and saves it once it can be', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Plan', body: 'One' })
  await page.goto('/')
  await openNote(page, 'Plan')
  await field(page, 'Title').fill('x'.repeat(195))
  await expect(saveStatus(page)).toContainText('Title: 195 of 200 characters')
  await field(page, 'Title').fill('x'.repeat(203))
  await expect(saveStatus(page)).toContainText('Not saved: the title is 3 characters too long.')
  await expect(field(page, 'Title')).toHaveAttribute('aria-invalid', 'true')
  await expect(field(page, 'Title')).toHaveAccessibleDescription(/the title is 3 characters too long\.$/)
  await expect(field(page, 'Text')).not.toHaveAttribute('aria-invalid')
  await field(page, 'Title').fill('')
  await field(page, 'Text').fill(' ')
  await expect(saveStatus(page)).toContainText('Not saved: a note needs a title or some text.')
  await field(page, 'Text').fill('Its first line')
  await expect(saveStatus(page)).toContainText('Saved')
  await page.getByRole('link', { name: 'All notes' }).click()
  await expect(note(page, 'Its first line')).toBeVisible()
})
