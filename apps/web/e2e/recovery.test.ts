import { signUp } from './setup/actors.ts'
import { chooseAction, expireSudo, findUser, logInAsAdmin } from './setup/admins.ts'
import { button, confirmPassword, logIn, title } from './setup/forms.ts'
import { issueRecoveryLink } from './setup/recovery-link.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'

const newPassword = 'seven boats in a green bay'

test('recovery: a link leads to a new password, once, and the old password is refused', async ({
  page,
  server,
  pageErrors,
}) => {
  const ada = await signUp(page, server, 'ada')
  const link = await issueRecoveryLink(page, server)
  await page.goto(link)
  await expect(title(page)).toHaveText('Choose a new password')
  await expect(page.getByText(ada.username)).toBeVisible()
  const field = page.getByLabel('New password', { exact: true })
  await expect(field).toBeFocused()
  await field.fill(`${ada.username}1`)
  await button(page, 'Change password').click()
  await expect(page.getByText('This password is too close to the name')).toBeVisible()
  await field.fill(newPassword)
  await button(page, 'Change password').click()
  await expect(title(page)).toHaveText('Your password is changed')
  await expect(page.getByText('One session ended.')).toBeVisible()

  await page.getByRole('main').getByRole('link', { name: 'Log in' }).click()
  await logIn(page, ada)
  await expect(page.getByRole('alert')).toContainText('Wrong user name')
  await logIn(page, { ...ada, password: newPassword })
  await expect(title(page)).toHaveText(startTitle)
  pageErrors.allow(/status of 401/)

  await page.goto('about:blank')
  await page.goto(link)
  await expect(title(page)).toHaveText('This link does not work')
  await expect(page.getByRole('link', { name: 'Get a new link' })).toBeVisible()
})

test('recovery: opening a link does not use it up, and another link in the same tab is read', async ({
  page,
  server,
}) => {
  await signUp(page, server, 'ada')
  const link = await issueRecoveryLink(page, server)
  await page.goto(`/reset-password#${'A'.repeat(43)}`)
  await expect(title(page)).toHaveText('This link does not work')
  await page.goto(link)
  await expect(title(page)).toHaveText('Choose a new password')
  await page.reload()
  await expect(title(page)).toHaveText('Choose a new password')
})

test('recovery: a link is not checked again while its form is filled in', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  let checks = 0
  page.on('request', (request) => {
    if (request.url().includes('recovery.inspect')) checks += 1
  })
  await page.goto(await issueRecoveryLink(page, server))
  await page.getByLabel('New password', { exact: true }).fill(newPassword)
  // A check that fails would replace the form.
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await button(page, 'Change password').click()
  await expect(title(page)).toHaveText('Your password is changed')
  expect(checks).toBe(1)
})

test('recovery: a link that is used elsewhere while its form is open is refused', async ({
  page,
  server,
  openBrowser,
}) => {
  await signUp(page, server, 'ada')
  const link = await issueRecoveryLink(page, server)
  const other = await openBrowser()
  for (const each of [page, other]) {
    await each.goto(link)
    await each.getByLabel('New password', { exact: true }).fill(newPassword)
  }
  await button(page, 'Change password').click()
  await expect(title(page)).toHaveText('Your password is changed')
  await button(other, 'Change password').click()
  await expect(title(other)).toHaveText('This link does not work')
})

test('recovery: the request answers the same for every name, and the log-in page leads to it', async ({
  page,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  await page.context().clearCookies()
  for (const name of [ada.username, 'an-unknown-name', 'unknown@example.org']) {
    await page.goto('/login')
    await page.getByRole('link', { name: 'Forgot password?' }).click()
    const field = page.getByLabel('User name or email')
    await field.fill(name)
    await page.keyboard.press('Enter')
    await expect(title(page)).toHaveText('Check your mail')
    await expect(page.getByRole('main')).toContainText(
      `If ${name} is the name or email of an account, a link to choose a new password is on its way.`,
    )
  }
  await button(page, 'Try another name').click()
  await expect(title(page)).toHaveText('Forgot your password?')
})

test('recovery: an admin creates a link for a user, after the password, and sees it once', async ({
  page,
  server,
  openBrowser,
}) => {
  const ada = await signUp(page, server, 'ada')
  const admin = await logInAsAdmin(page, server)
  expireSudo(server, admin)
  const menu = await findUser(page, server, ada.username)
  await chooseAction(page, ada.username, 'Create recovery link')
  await button(page.getByRole('dialog'), 'Create link').click()
  await confirmPassword(page, admin)
  const dialog = page.getByRole('dialog', { name: `Recovery link for ${ada.username}` })
  const link = (await dialog.getByText(/\/reset-password#/).textContent()) ?? ''
  await button(dialog, 'Done').click()
  await button(page, 'Continue').click()
  await expect(menu).toBeFocused()

  const other = await openBrowser()
  await other.goto(link)
  await expect(other.getByText(ada.username)).toBeVisible()
  await page.goto('/audit')
  await expect(page.getByRole('list', { name: 'Events' })).toContainText(
    `${admin.username} issued a recovery link for the account of ${ada.username}.`,
  )
})
