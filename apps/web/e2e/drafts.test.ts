import { button, draftNote, logIn, note, title } from './setup/forms.ts'
import { call, signUp } from './setup/people.ts'
import { expect, test } from './setup/test.ts'

test('what was typed is still there after the session ended and a new log-in', async ({
  page,
  context,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Plan', body: 'As it was' })
  await page.goto('/')
  await button(page, 'Edit Plan').click()
  await page.getByLabel('Text').fill('As it will be')
  await context.clearCookies()

  await button(page, 'Save note').click()
  await expect(title(page)).toHaveText('Log in')
  await expect(page.getByRole('status')).not.toBeEmpty()
  await logIn(page, ada)
  await expect(page.getByRole('form', { name: 'Edit Plan' }).getByLabel('Text')).toHaveValue('As it will be')
  await button(page, 'Save note').click()
  await expect(note(page, 'Plan')).toContainText('As it will be')
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
  await draftNote(page, 'Only Ada', 'The key is under the third pot')
  await context.clearCookies()
  await button(page, 'Save note').click()
  await logIn(page, ben)
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  await expect(page.getByRole('form', { name: 'New note' })).toBeHidden()

  await button(page, 'Log out').click()
  await expect(title(page)).toHaveText('Log in')
  await logIn(page, ada)
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  await expect(page.getByRole('form', { name: 'New note' })).toBeHidden()
})
