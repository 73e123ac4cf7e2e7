import { newCredentials } from '../setup/actors.ts'
import { button, logIn, logOut, title } from '../setup/forms.ts'
import { expect, test } from '../setup/test.ts'
import { field, note, openNote, writeNote } from './note-page.ts'

test('first visit: sign-up, notes, log-out, and log-in back to the requested page', async ({ page }) => {
  const ada = newCredentials('ada')

  await page.goto('/')
  await page.getByRole('link', { name: 'Create an account' }).click()
  await expect(title(page)).toHaveText('Sign up')
  await page.getByLabel('User name').fill(ada.username)
  await page.getByLabel('Password', { exact: true }).fill(ada.password)
  await page.getByLabel('Name (optional)').fill('Ada')
  await button(page, 'Sign up').click()
  await expect(page.getByRole('status')).toHaveText('Welcome, Ada. Your account is ready.')
  await expect(title(page)).toHaveText('Your notes')

  await page.getByRole('link', { name: 'Write your first note' }).click()
  await expect(field(page, 'Title')).toBeFocused()
  await field(page, 'Title').fill('Groceries')
  await field(page, 'Text').fill('Flour\nPears')
  await page.getByRole('link', { name: 'All notes' }).click()
  await expect(note(page, 'Groceries')).toContainText('Flour\nPears')
  await writeNote(page, 'Train', 'Leaves at nine')
  await expect(note(page, 'Train')).toBeVisible()

  await openNote(page, 'Groceries')
  await field(page, 'Text').fill('Flour\nPlums')
  await page.getByRole('link', { name: 'All notes' }).click()
  await expect(note(page, 'Groceries')).toContainText('Plums')
  await expect(note(page, 'Groceries')).not.toContainText('Pears')

  await page.getByRole('searchbox', { name: 'Search notes' }).fill('plum')
  await expect(note(page, 'Train')).toBeHidden()
  await expect(note(page, 'Groceries')).toBeVisible()
  await expect(page.getByText('1 note found')).toBeAttached()
  await page.getByRole('searchbox', { name: 'Search notes' }).fill('no such word')
  await expect(page.getByRole('heading', { name: 'Nothing found for “no such word”' })).toBeVisible()

  await logOut(page)
  await expect(page).toHaveURL('/login')
  await expect(page.getByRole('status')).toHaveText('You are logged out.')

  await page.goto('/account')
  await expect(page).toHaveURL('/login?redirectTo=%2Faccount')
  await expect(page.getByRole('status')).toHaveText('Log in to continue.')
  await logIn(page, { ...ada, password: 'not the password of ada' })
  await expect(page.getByRole('alert')).toHaveText('Wrong user name or password.')
  await expect(page.getByLabel('User name')).toHaveValue(ada.username)
  await logIn(page, ada)
  await expect(page).toHaveURL('/account')
  await expect(page.getByRole('region', { name: 'Account' })).toContainText(ada.username)
  await page.getByRole('link', { name: 'Notes' }).click()
  await expect(note(page, 'Groceries')).toContainText('Plums')
})
