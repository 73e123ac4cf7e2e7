import { product } from '@app/contract/product'
import type { Page } from '@playwright/test'
import { call, endSessions, signUp } from '../setup/actors.ts'
import { expireSudo, promoteToAdmin, findUser, logInAsAdmin } from '../setup/admins.ts'
import {
  button,
  lockScreen,
  lockScreenLoginFailure,
  logIn,
  openAccount,
  title,
  unlockWithPassword,
} from '../setup/forms.ts'
import { expect, test } from '../setup/test.ts'
import { draftNote, field, note, saveStatus } from './note-page.ts'

const secret = 'The key is under the third pot'

test('session end: locks the page, and a log-in by the same user restores it', async ({
  page,
  openBrowser,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  await page.goto('/')
  await draftNote(page, 'Only Ada', secret)
  await expect(saveStatus(page)).toContainText('Saved')
  await endSessions(await openBrowser(), server, ada)

  const dialog = lockScreen(page)
  await expect(dialog.getByRole('status')).toHaveText('Your session has ended. Log in again to continue.')
  await expect(dialog).not.toContainText('text is kept')
  await expect(page).toHaveTitle(`You have been logged out · ${product.name}`)
  await expectNothingOf(page, secret, 'Only Ada')
  await expect(dialog.getByLabel('User name')).toHaveValue(ada.username)
  await expect(dialog.getByLabel('Password', { exact: true })).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeVisible()

  // A translator changes the document title too.
  await page.evaluate(() => (document.title = 'Déconnecté · Planted'))
  await unlockWithPassword(page, { ...ada, password: 'not the password of ada' })
  // The error is the same for a removed or disabled user.
  await expect(dialog.getByRole('alert')).toHaveText(lockScreenLoginFailure)
  await unlockWithPassword(page, ada)
  await expect(dialog).toBeHidden()
  await expect(page).toHaveTitle(`Only Ada · ${product.name}`)
  await expect(field(page, 'Text')).toHaveValue(secret)
  await expect(field(page, 'Text')).toBeFocused()
  await page.keyboard.type(', as always')
  await expect(field(page, 'Text')).toHaveValue(`${secret}, as always`)
  await expect(saveStatus(page)).toContainText('Saved')
  await page.getByRole('link', { name: 'All notes' }).click()
  await expect(note(page, 'Only Ada')).toContainText(`${secret}, as always`)
})

test('session end: a call that failed with it is not repeated automatically', async ({
  page,
  context,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  const opened = page.waitForResponse(/sessions\.events/)
  await page.goto('/account')
  // All automatic requests of the page were sent.
  await opened
  const form = page.getByRole('form', { name: 'Your name' })
  await form.getByLabel('Name').fill('Ada of the Hill')
  await context.clearCookies()
  const sent: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    // Log-in forms ask for a challenge, so that the browser can suggest passkeys.
    if (request.method() === 'POST' && pathname !== '/trpc/auth.passkeyOptions') sent.push(pathname)
  })

  await button(form, 'Save name').click()
  await expect(lockScreen(page)).toBeVisible()
  await unlockWithPassword(page, ada)
  await expect(form.getByRole('alert')).toHaveText('Log in to continue.')
  expect(sent).toEqual(['/trpc/account.updateProfile', '/trpc/auth.login'])
  await expect(form.getByLabel('Name')).toHaveValue('Ada of the Hill')
  await button(form, 'Save name').click()
  await expect(page.getByRole('status')).toHaveText('Name saved.')
})

test('session end: another user who logs in there gets an empty page', async ({
  page,
  openBrowser,
  server,
}) => {
  const device = await openBrowser()
  const ben = await signUp(device, server, 'ben')
  const ada = await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Only Ada', body: secret })
  await page.goto('/')
  await expect(note(page, 'Only Ada')).toContainText(secret)
  await draftNote(page, 'Half a thought', 'and the other half')
  await endSessions(device, server, ada)
  await expect(lockScreen(page)).toBeVisible()
  await expectNothingOf(page, 'Half a thought')

  await logIn(page, ben)
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  await expect(page).toHaveURL('/')
  expect(await page.evaluate(() => document.body.textContent)).not.toContain(secret)
  await page.getByRole('link', { name: 'New note' }).click()
  await expect(field(page, 'Text')).toHaveValue('')
})

test('session end: leaving the page clears it', async ({ page, openBrowser, server }) => {
  const ada = await signUp(page, server, 'ada')
  await page.goto('/account')
  await page.getByRole('form', { name: 'Your name' }).getByLabel('Name').fill('Ada of the Hill')
  await endSessions(await openBrowser(), server, ada)
  await button(lockScreen(page), 'Leave this page').click()

  await expect(title(page)).toHaveText(`Welcome to ${product.name}`)
  expect(await page.evaluate(() => document.body.textContent)).not.toContain(ada.username)
  await page.getByRole('main').getByRole('link', { name: 'Log in' }).click()
  await logIn(page, ada)
  await openAccount(page)
  await expect(page.getByRole('form', { name: 'Your name' }).getByLabel('Name')).toHaveValue(ada.username)
})

test('session end: the log-in replaces an open sudo prompt', async ({ page, openBrowser, ownServer }) => {
  const ben = await signUp(await openBrowser(), ownServer, 'ben')
  const admin = await logInAsAdmin(page, ownServer)
  expireSudo(ownServer, admin)
  await findUser(page, ownServer, ben.username)
  const confirmation = await promoteToAdmin(page, ben.username)
  const prompt = page.getByRole('dialog', { name: 'Confirm your password' })
  await expect(prompt).toBeVisible()

  await endSessions(await openBrowser(), ownServer, admin)
  await expect(lockScreen(page)).toBeVisible()
  await unlockWithPassword(page, admin)
  await expect(lockScreen(page)).toBeHidden()
  await expect(prompt).toBeHidden()
  await expect(confirmation.getByRole('alert')).toHaveText(
    'You did not confirm that it is you, so nothing was done. Try again, and confirm when asked.',
  )
  await button(confirmation, 'Make admin').click()
  await expect(page.getByText(`${ben.username} is now an admin.`)).toBeVisible()
})

/** Expects the texts neither on the screen nor in the accessibility tree. */
async function expectNothingOf(page: Page, ...texts: string[]): Promise<void> {
  await expect(page.getByRole('main')).toBeHidden()
  const visible = await page.evaluate(() => document.body.innerText)
  const announced = await page.locator('body').ariaSnapshot()
  for (const text of texts) {
    expect(visible).not.toContain(text)
    expect(announced).not.toContain(text)
  }
}
