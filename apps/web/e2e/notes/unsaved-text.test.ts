import type { Page } from '@playwright/test'
import { call, newCredentials, signUp } from '../setup/actors.ts'
import { button, chooseLogOut, logIn, title } from '../setup/forms.ts'
import { removeRoutes } from '../setup/remove-routes.ts'
import { expect, test } from '../setup/test.ts'
import { draftNote, field, note, saveStatus } from './note-page.ts'

/** Returns the session storage of the tab. */
function storedText(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => Object.fromEntries(Object.entries(sessionStorage)))
}

/** Makes the next DOM update throw, as a defect or an extension does. */
async function breakNextUpdate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { insertBefore } = Node.prototype
    Node.prototype.insertBefore = () => {
      Node.prototype.insertBefore = insertBefore
      throw new Error('planted')
    }
  })
}

test('unsaved text: a note survives a crash of its page, and the reload saves it', async ({
  page,
  server,
  pageErrors,
}) => {
  pageErrors.allow(/planted|net::ERR_FAILED/)
  await signUp(page, server, 'ada')
  const { id } = await call(page, server, 'notes.create', { title: 'Plan', body: 'One' })
  await page.goto('/')
  await page.route(/notes\.(?:create|update)/, (route) => route.abort())
  page.on('dialog', (dialog) => void dialog.accept())
  await draftNote(page, 'New', 'This text is not stored yet')
  await page.keyboard.press('Control+s')
  await expect(saveStatus(page)).toContainText('Not saved')
  await page.reload()
  await expect(field(page, 'Title')).toHaveValue('New')
  await expect(field(page, 'Text')).toHaveValue('This text is not stored yet')
  await page.goto(`/notes/${id}`)
  await field(page, 'Text').fill('One and two')
  await page.keyboard.press('Control+s')
  await expect(saveStatus(page)).toContainText('Not saved')
  await breakNextUpdate(page)
  await field(page, 'Text').fill('')
  await field(page, 'Title').fill('')
  await field(page, 'Text').fill('One, two and three')
  await expect(title(page)).toHaveText('Something went wrong')
  await expect(page.getByText('What you typed is kept in this tab.')).toBeVisible()

  await removeRoutes(page)
  await button(page, 'Reload the page').click()
  await expect(field(page, 'Text')).toHaveValue('One, two and three')
  await expect(saveStatus(page)).toContainText('Saved')
  await page.getByRole('link', { name: 'All notes' }).click()
  await expect(note(page, 'New')).toContainText('This text is not stored yet')
  await expect(note(page, 'New')).toHaveCount(1)
  await expect.poll(() => storedText(page)).toEqual({})
})

test('unsaved text: a reload while typing loses nothing, and a pending save is no conflict', async ({
  page,
  server,
  pageErrors,
}) => {
  pageErrors.allow(/net::ERR_FAILED/)
  await signUp(page, server, 'ada')
  const { id } = await call(page, server, 'notes.create', { title: 'Plan', body: 'One' })
  await page.goto(`/notes/${id}`)
  // The server stores the first text, its response is lost, and all later requests fail before the reload.
  const stored = Promise.withResolvers<void>()
  await page.route('**/trpc/notes.update', async (route) => {
    await route.fetch()
    await page.route('**/trpc/notes.update', (later) => later.abort())
    stored.resolve()
  })
  await field(page, 'Text').fill('One and two')
  await page.keyboard.press('Control+s')
  await stored.promise
  await field(page, 'Text').fill('One, two and three')
  page.on('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await removeRoutes(page)
  await expect(field(page, 'Text')).toHaveValue('One, two and three')
  await expect(saveStatus(page)).toContainText('Saved')
  await expect.poll(() => storedText(page)).toEqual({})
})

test('unsaved text: a form keeps its input over a reload, without passwords, until submitted or left', async ({
  page,
}) => {
  const { username, password } = newCredentials('ada')
  await page.goto('/signup')
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Name', { exact: false }).last().fill('Ada')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await button(page, 'Show password').click()
  await page.getByLabel('Password', { exact: true }).fill(`${password}.`)
  await page.getByLabel('Remember me on this device').check()
  expect(JSON.stringify(await storedText(page))).not.toContain('quiet shelf')
  await page.reload()
  await expect(page.getByLabel('User name')).toHaveValue(username)
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
  await expect(page.getByLabel('Remember me on this device')).toBeChecked()
  await page.getByLabel('Password', { exact: true }).fill(password)
  await button(page, 'Sign up').click()
  await expect(title(page)).toHaveText('Your notes')
  await expect.poll(() => storedText(page)).toEqual({})

  await page.goto('/account')
  await page.getByLabel('Name', { exact: true }).fill('Ada L')
  await page.reload()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Ada L')
  await page.getByRole('link', { name: 'Password' }).click()
  await expect.poll(() => storedText(page)).toEqual({})
  await page.getByRole('link', { name: 'Profile' }).click()
  await expect(page.getByLabel('Name', { exact: true })).not.toHaveValue('Ada L')
})

test('unsaved text: never shown to another user, and deleted by the log-out', async ({
  page,
  context,
  server,
  openBrowser,
  pageErrors,
}) => {
  pageErrors.allow(/net::ERR_FAILED/)
  const ben = await signUp(await openBrowser(), server, 'ben')
  const ada = await signUp(page, server, 'ada')
  page.on('dialog', (dialog) => void dialog.accept())
  await page.route(/notes\.create/, (route) => route.abort())
  await page.goto('/')
  await draftNote(page, 'Only Ada', 'The key is under the third pot')
  await page.keyboard.press('Control+s')
  await expect(saveStatus(page)).toContainText('Not saved')
  // After the session ended, the text stays stored for its user.
  await context.clearCookies()
  await page.goto('/login')
  await logIn(page, ada)
  await expect(page.getByText('The key is under the third pot')).toBeVisible()

  await context.clearCookies()
  await page.goto('/login')
  await logIn(page, ben)
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  await expect.poll(() => storedText(page)).toEqual({})
  await draftNote(page, 'Only Ben', 'On the roof')
  await expect(saveStatus(page)).toContainText('Not saved')
  await chooseLogOut(page)
  await button(page, 'Log out and discard').click()
  await expect(title(page)).toHaveText('Log in')
  await expect.poll(() => storedText(page)).toEqual({})
})
