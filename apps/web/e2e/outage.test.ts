import { button, draftNote, note, title } from './setup/forms.ts'
import { call, signUp } from './setup/people.ts'
import { expect, test } from './setup/test.ts'

const unreachable = 'The server cannot be reached. Check your connection and try again.'

test.beforeEach(({ problems }) => problems.expect(/net::ERR_(?:CONNECTION_\w+|EMPTY_RESPONSE)/))

test('what is being written survives a restart of the server', async ({ page, ownServer }) => {
  await signUp(page, ownServer, 'ada')
  await page.goto(ownServer.url)
  const form = await draftNote(page, 'Long thoughts', 'An hour of work')
  await ownServer.stop()

  await button(form, 'Save note').click()
  await expect(page.getByRole('alert')).toHaveText(unreachable)
  await expect(form.getByLabel('Text')).toHaveValue('An hour of work')
  await ownServer.start()
  await button(form, 'Save note').click()
  await expect(note(page, 'Long thoughts')).toContainText('An hour of work')
})

test('a page without an answer offers to try again', async ({ page, ownServer }) => {
  await signUp(page, ownServer, 'ada')
  await call(page, ownServer, 'notes.create', { title: 'Groceries', body: 'Flour' })
  await page.goto(ownServer.url)
  await expect(note(page, 'Groceries')).toBeVisible()
  await ownServer.stop()

  await page.getByRole('searchbox', { name: 'Search notes' }).fill('flour')
  await expect(page.getByRole('alert')).toContainText(unreachable)
  await button(page, 'Try again').click()
  await expect(page.getByRole('alert')).toContainText(unreachable)
  await button(page, 'Log out').click()
  await expect(page.getByRole('status')).toHaveText(`You are still logged in. ${unreachable}`)

  await ownServer.start()
  await button(page, 'Try again').click()
  await expect(note(page, 'Groceries')).toBeVisible()
  await button(page, 'Log out').click()
  await expect(title(page)).toHaveText('Log in')
})

test('a page that was never opened before cannot be loaded, and says so', async ({
  page,
  ownServer,
  problems,
}) => {
  problems.expect(/dynamically imported module|Unable to preload|The code of this page/)
  await signUp(page, ownServer, 'ada')
  await page.goto(ownServer.url)
  await expect(title(page)).toHaveText('Your notes')
  await ownServer.stop()

  await page.getByRole('link', { name: 'Profile' }).click()
  await expect(title(page)).toHaveText('This page cannot be shown')
  await expect(page.getByRole('main')).toContainText('The server cannot be reached.')
  await ownServer.start()
  await button(page, 'Try again').click()
  await expect(title(page)).toHaveText('Profile')
})
