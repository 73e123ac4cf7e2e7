import type { Locator, Page } from '@playwright/test'
import { endSessions, signUp } from './setup/actors.ts'
import { chooseAction, findUser, logInAsAdmin } from './setup/admins.ts'
import { button, chooseLogOut, lockScreen, title, unlockWithPassword } from './setup/forms.ts'
import { lostRequests } from './setup/page-errors.ts'
import type { Server } from './setup/start-server.ts'
import { expect, test } from './setup/test.ts'

test('shown once: a second token and a second invitation ask before they replace the first', async ({
  page,
  server,
}) => {
  const { username } = await logInAsAdmin(page, server)
  await page.goto('/account/tokens')
  await createToken(page)
  const created = page.getByRole('group', { name: 'New token' })
  await button(page, 'New token').press('Enter')
  const question = page.getByRole('dialog', { name: 'Continue without copying the token?' })
  await button(question, 'Cancel').press('Enter')
  await expect(button(page, 'New token')).toBeFocused()
  await expect(created).toBeVisible()
  await button(page, 'New token').press('Enter')
  await button(question, 'Continue').press('Enter')
  await expect(page.getByRole('form', { name: 'New access token' }).getByLabel('Name')).toBeFocused()
  await expect(created).toHaveCount(0)

  await page.goto('/invitations')
  await button(page, 'New invitation').click()
  await button(page, 'Create invitation').click()
  const invitation = page.getByRole('group', { name: 'New invitation' })
  await expect(invitation).toBeVisible()
  await button(page, 'New invitation').click()
  const ofLink = page.getByRole('dialog', { name: 'Continue without copying the link?' })
  await button(ofLink, 'Cancel').click()
  // The link of a revoked invitation is of no use.
  const row = page.getByRole('listitem').filter({ hasText: `Invited by ${username}` })
  await button(row, 'Revoke the invitation of anyone with the link').click()
  await button(page, 'Revoke invitation').click()
  await expect(invitation).toHaveCount(0)
  await button(page, 'New invitation').click()
  await expect(page.getByRole('form', { name: 'New invitation' })).toBeVisible()
})

test('shown once: links, Back and log-out ask before they leave a token that was not copied', async ({
  page,
  server,
}) => {
  const { token, question } = await openNewToken(page, server)
  const leave = [
    () => page.getByRole('link', { name: 'Users', exact: true }).press('Enter'),
    () => page.evaluate(() => history.back()),
    () => chooseLogOut(page),
  ]
  for (const by of leave) {
    await by()
    await expect(question).toContainText('It is not shown again.')
    await button(question, 'Cancel').press('Enter')
    await expect(question).toHaveCount(0)
    await expect(page).toHaveURL(/\/account\/tokens$/)
    await expect(token).toBeVisible()
  }
  await page.evaluate(() => history.back())
  await button(question, 'Continue').press('Enter')
  await expect(title(page)).toHaveText('Activity')
  await page.goForward()
  await expect(title(page)).toHaveText('Access tokens')
  await expect(token).toHaveCount(0)

  await createToken(page)
  await page.getByRole('link', { name: 'Users', exact: true }).press('Enter')
  await button(question, 'Continue').press('Enter')
  await expect(title(page)).toHaveText('Users')
  await page.goBack()
  await createToken(page)
  await chooseLogOut(page)
  await button(question, 'Continue').press('Enter')
  await expect(title(page)).toHaveText('Log in')
})

test('shown once: a reload or a closed tab asks while a token is not copied', async ({ page, server }) => {
  const { token } = await openNewToken(page, server)
  page.once('dialog', (dialog) => void dialog.dismiss())
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  expect((await asked).type()).toBe('beforeunload')
  await token.selectText()
  await page.keyboard.press('Control+C')
  // Any question would fail the reload: nothing answers it.
  await page.reload()
  await expect(token).toHaveCount(0)
})

test('shown once: a token outlives the end of the session, and the lock screen asks before it is left', async ({
  page,
  server,
  openBrowser,
}) => {
  const { user, token, question } = await openNewToken(page, server)
  await endSessions(await openBrowser(), server, user)
  const leave = button(lockScreen(page), 'Leave this page')
  await leave.press('Enter')
  await expect(question).toBeVisible()
  await button(question, 'Cancel').press('Enter')
  await expect(leave).toBeFocused()
  await unlockWithPassword(page, user)
  await expect(lockScreen(page)).toHaveCount(0)
  await expect(token).toBeVisible()

  await endSessions(await openBrowser(), server, user)
  await leave.press('Enter')
  await button(question, 'Continue').press('Enter')
  await expect(page).toHaveURL(`${server.url}/`)
  await expect(page.getByRole('link', { name: 'Log in' }).first()).toBeVisible()
})

test('shown once: the lock screen asks above a question that was open when the session ended', async ({
  page,
  server,
  openBrowser,
}) => {
  const { user, token, question } = await openNewToken(page, server)
  const usersLink = page.getByRole('link', { name: 'Users', exact: true })
  await usersLink.press('Enter')
  await expect(question).toBeVisible()
  await endSessions(await openBrowser(), server, user)
  const leave = button(lockScreen(page), 'Leave this page')
  await leave.press('Enter')
  await expect(button(question, 'Cancel')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(leave).toBeFocused()
  await unlockWithPassword(page, user)
  await expect(lockScreen(page)).toHaveCount(0)
  await expect(question).toHaveCount(0)
  await expect(token).toBeVisible()

  await usersLink.press('Enter')
  await expect(question).toBeVisible()
  await endSessions(await openBrowser(), server, user)
  await expect(lockScreen(page)).toBeVisible()
  await unlockWithPassword(page, user)
  await expect(lockScreen(page)).toHaveCount(0)
  await button(question, 'Continue').press('Enter')
  await expect(title(page)).toHaveText('Users')
})

test('shown once: a log-out that fails leaves the question for the next one', async ({
  page,
  server,
  pageErrors,
}) => {
  pageErrors.allow(lostRequests)
  const { token, question } = await openNewToken(page, server)
  await page.context().setOffline(true)
  for (const round of ['first', 'second']) {
    await chooseLogOut(page)
    await button(question, 'Continue').press('Enter')
    await expect(
      page.getByRole('status').filter({ hasText: 'You are still logged in.' }),
      round,
    ).toBeVisible()
    await expect(token).toBeVisible()
    await button(page, 'Dismiss message').press('Enter')
  }
  await page.context().setOffline(false)
})

test('shown once: the tab asks before it closes in Chrome before 119', async ({ page, server }) => {
  await openNewToken(page, server)
  const returnValue = await page.evaluate(() => {
    const event = document.createEvent('BeforeUnloadEvent')
    event.initEvent('beforeunload', false, true)
    window.dispatchEvent(event)
    return event.returnValue
  })
  expect(returnValue).toBe('true')
})

test('shown once: a link asks in a browser without the navigation API', async ({ page, server }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'navigation'))
  const { token, question } = await openNewToken(page, server)
  await page.getByRole('link', { name: 'Users', exact: true }).press('Enter')
  await button(question, 'Cancel').press('Enter')
  await expect(token).toBeVisible()
  await page.getByRole('link', { name: 'Users', exact: true }).press('Enter')
  await button(question, 'Continue').press('Enter')
  await expect(title(page)).toHaveText('Users')
})

test('shown once: the question over the lock screen does not name another user', async ({
  page,
  server,
  openBrowser,
}) => {
  const { username } = await signUp(page, server, 'ada')
  const admin = await logInAsAdmin(page, server)
  await findUser(page, server, username)
  await chooseAction(page, username, 'Create recovery link')
  await button(page.getByRole('dialog'), 'Create link').click()
  await expect(page.getByText(/\/reset-password#/)).toBeVisible()
  await endSessions(await openBrowser(), server, admin)
  await button(lockScreen(page), 'Leave this page').press('Enter')
  const question = page.getByRole('dialog', { name: 'Continue without copying the link?' })
  await expect(question).toContainText('It is not shown again.')
  await expect(question).not.toContainText(username)
})

test('shown once: an account that is closed in another tab is left without a question', async ({
  page,
  server,
}) => {
  const { question } = await openNewToken(page, server)
  const other = await page.context().newPage()
  await other.goto('/account')
  await other.evaluate(() => new BroadcastChannel('session').postMessage('account-closed'))
  await expect(page).toHaveURL(`${server.url}/`)
  await expect(question).toHaveCount(0)
})

/** Creates a token on a page that was opened by a link, so that Back stays in the app. */
async function openNewToken(page: Page, server: Server) {
  const user = await signUp(page, server, 'ada')
  await page.goto('/account/activity')
  await page.getByRole('link', { name: 'Access tokens' }).click()
  await createToken(page)
  const token: Locator = page.getByText(/^acctpat_\w{49}$/)
  await expect(token).toBeVisible()
  const question = page.getByRole('dialog', { name: 'Continue without copying the token?' })
  return { user, token, question }
}

async function createToken(page: Page): Promise<void> {
  await button(page, 'New token').click()
  const form = page.getByRole('form', { name: 'New access token' })
  await form.getByLabel('Name').fill('Backup')
  await form.getByLabel('Read your profile').check()
  await button(form, 'Create token').click()
  await expect(page.getByRole('group', { name: 'New token' })).toBeFocused()
}
