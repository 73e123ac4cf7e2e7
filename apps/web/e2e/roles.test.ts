import { product } from '@app/contract/product'
import { signupInput } from '@app/contract/testing'
import { call, newCredentials, signUp } from './setup/actors.ts'
import {
  chooseAction,
  expireSudo,
  findUser,
  logInAsAdmin,
  logInAsFirstAdmin,
  promoteToAdmin,
} from './setup/admins.ts'
import {
  button,
  confirmPassword,
  lockScreen,
  lockScreenLoginFailure,
  logIn,
  title,
  unlockWithPassword,
} from './setup/forms.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'
import { withoutEventStream } from './setup/without-event-stream.ts'

test('admin: keeps the role of an admin who could not log in without it', async ({
  page,
  openBrowser,
  servers,
}) => {
  const server = await servers.acquire({ PASSWORD_LOGIN: 'admins' })
  await logInAsFirstAdmin(page, server)
  const { username } = await logInAsFirstAdmin(await openBrowser(), server)
  await findUser(page, server, username)
  await chooseAction(page, username, 'Make user')
  await expect(page.getByRole('table').getByRole('alert')).toHaveText(
    `Without this role ${username} could not log in, because only admins may use a password. ${username} must add another way to log in first.`,
  )
  await expect(page.getByRole('row', { name: username }).first()).toContainText('Admin')
})

test('admin: changes roles after the password, but not the role of the last admin', async ({
  page,
  openBrowser,
  ownServer,
}) => {
  const benPage = await openBrowser()
  await withoutEventStream(benPage)
  const ben = await signUp(benPage, ownServer, 'ben')
  await benPage.goto(`${ownServer.url}/users`)
  await expect(benPage.getByRole('row', { name: ben.username })).toContainText(/User\s*Last log-in/)
  await expect(benPage.getByRole('button', { name: /^Manage/ })).toHaveCount(0)

  const admin = await logInAsAdmin(page, ownServer)
  expireSudo(ownServer, admin)
  const menu = await findUser(page, ownServer, ben.username)
  const confirmation = await promoteToAdmin(page, ben.username)
  const prompt = page.getByRole('dialog', { name: 'Confirm your password' })
  await button(prompt, 'Cancel').click()
  await expect(confirmation.getByRole('alert')).toHaveText(
    'You did not confirm that it is you, so nothing was done. Try again, and confirm when asked.',
  )

  await button(confirmation, 'Make admin').click()
  await prompt.getByLabel('Password', { exact: true }).fill('not the password')
  await button(prompt, 'Confirm').click()
  await expect(prompt.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(
    /This is not your password\./,
  )
  await prompt.getByLabel('Password', { exact: true }).fill(admin.password)
  await button(prompt, 'Confirm').click()
  await expect(page.getByRole('status').first()).toHaveText(`${ben.username} is now an admin.`)
  await expect(page.getByRole('row', { name: ben.username }).first()).toContainText('Admin')
  await expect(menu).toBeFocused()

  // Immediately, without a new log-in.
  await benPage.reload()
  await expect(button(benPage, `Manage ${admin.username}`)).toBeVisible()

  await chooseAction(page, ben.username, 'Make user')
  await expect(page.getByRole('status').first()).toHaveText(`${ben.username} is now a user.`)
  // The action that is still on screen is rejected, and disappears.
  await chooseAction(benPage, admin.username, 'Make user')
  await expect(benPage.getByRole('status').first()).toHaveText('You are not allowed to do this.')
  await expect(benPage.getByRole('button', { name: /^Manage/ })).toHaveCount(0)
  await expect(title(benPage)).toHaveText('Users')

  const ownMenu = await findUser(page, ownServer, admin.username)
  for (const [action, confirm] of [
    ['Make user', 'Make me a user'],
    ['Disable', 'Disable my account'],
    ['Remove', 'Remove my account'],
  ] as const) {
    await chooseAction(page, admin.username, action)
    await button(page, confirm).click()
    await expect(page.getByRole('dialog').getByRole('alert')).toHaveText(
      'There must be at least one admin. Make another user an admin first.',
    )
    await button(page, 'Cancel').click()
    await expect(ownMenu).toBeFocused()
  }
})

test('admin: disables, enables, logs out and removes a user, whose pages show it immediately', async ({
  page,
  openBrowser,
  ownServer,
}) => {
  const benPage = await openBrowser()
  const ben = await signUp(benPage, ownServer, 'ben')
  await benPage.goto(`${ownServer.url}/account`)
  const admin = await logInAsAdmin(page, ownServer)
  const menu = await findUser(page, ownServer, ben.username)
  const row = page.getByRole('row', { name: ben.username }).first()

  expireSudo(ownServer, admin)
  await chooseAction(page, ben.username, 'Disable')
  const confirmation = page.getByRole('dialog', { name: `Disable ${ben.username}?` })
  await expect(confirmation).toContainText('Nothing is deleted.')
  await page.keyboard.press('Escape')
  await expect(menu).toBeFocused()
  await chooseAction(page, ben.username, 'Disable')
  await button(confirmation, 'Disable account').click()
  await confirmPassword(page, admin)
  await expect(page.getByRole('status').first()).toHaveText(
    `${ben.username} is logged out everywhere and cannot log in.`,
  )
  await expect(row).toContainText('Disabled')
  await expect(menu).toBeFocused()
  await expect(lockScreen(benPage)).toBeVisible()
  await unlockWithPassword(benPage, ben)
  await expect(lockScreen(benPage).getByRole('status')).toHaveText(
    'Your session has ended. Log in again to continue.',
  )
  await expect(lockScreen(benPage).getByRole('alert')).toHaveText(lockScreenLoginFailure)

  await chooseAction(page, ben.username, 'Enable')
  await expect(page.getByRole('status').first()).toHaveText(`${ben.username} can log in again.`)
  await expect(row).not.toContainText('Disabled')
  await unlockWithPassword(benPage, ben)
  await expect(lockScreen(benPage)).toBeHidden()
  await expect(title(benPage)).toHaveText('Profile')

  await chooseAction(page, ben.username, 'End sessions')
  await button(page, 'End sessions').click()
  await expect(page.getByRole('status').first()).toHaveText(`${ben.username} is logged out everywhere.`)
  await expect(lockScreen(benPage)).toBeVisible()

  await chooseAction(page, ben.username, 'Remove')
  await button(page, 'Remove account').click()
  const removed = page.getByRole('cell', { name: `${ben.username} was removed. The user name stays taken.` })
  await expect(removed).toBeFocused()
  await expect(button(page, `Manage ${ben.username}`)).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('heading', { name: /^No users found/ })).toBeVisible()
})

test('admin: a user removed by another admin disappears from the list, with a message', async ({
  page,
  openBrowser,
  ownServer,
}) => {
  const ben = await signUp(page, ownServer, 'ben')
  const admin = await logInAsAdmin(page, ownServer)
  await findUser(page, ownServer, ben.username)
  const other = await openBrowser()
  await logInAsAdmin(other, ownServer)
  await findUser(other, ownServer, ben.username)
  await chooseAction(other, ben.username, 'Remove')
  await button(other, 'Remove account').click()
  await expect(other.getByRole('cell', { name: /was removed/ })).toBeFocused()

  await chooseAction(page, ben.username, 'Disable')
  await button(page, 'Disable account').click()
  const removed = `${ben.username} no longer exists: the account was removed.`
  await expect(page.getByRole('cell', { name: removed })).toBeFocused()

  // With another admin left, an admin may give up the role.
  await findUser(page, ownServer, admin.username)
  await chooseAction(page, admin.username, 'Make user')
  await button(page, 'Make me a user').click()
  await expect(page.getByRole('status').first()).toHaveText('You are no longer an admin.')
  await expect(page.getByRole('main')).toBeFocused()
  await expect(page.getByRole('button', { name: /^Manage/ })).toHaveCount(0)
})

test('admin: can end all own sessions, and remove the own account', async ({
  page,
  openBrowser,
  ownServer,
}) => {
  await logInAsAdmin(await openBrowser(), ownServer)
  const admin = await logInAsAdmin(page, ownServer)
  const menu = await findUser(page, ownServer, admin.username)
  await menu.click()
  await expect(button(page, `End sessions (${admin.username})`)).toBeVisible()
  // An admin uses the own account, not a link to it.
  await expect(
    page.getByRole('button', { name: /^(Create recovery link|Reset second factors)/ }),
  ).toHaveCount(0)
  await page.keyboard.press('Escape')
  await chooseAction(page, admin.username, 'End sessions')
  await button(page, 'End my sessions').click()
  await expect(page.getByRole('status').first()).toHaveText('You are logged out everywhere.')
  await logIn(page, admin)
  await expect(title(page)).toHaveText(startTitle)

  await findUser(page, ownServer, admin.username)
  await chooseAction(page, admin.username, 'Remove')
  await expect(page.getByRole('dialog')).toContainText('its data are deleted')
  await button(page, 'Remove my account').click()
  await expect(page.getByRole('status').first()).toHaveText('Your account was removed.')
  await expect(title(page)).toHaveText(`Welcome to ${product.name}`)
})

test('admin: after disabling the own account, other tabs promise no return by log-in', async ({
  page,
  context,
  openBrowser,
  server,
}) => {
  const ben = newCredentials('ben')
  const { user } = await call(page, server, 'auth.signup', signupInput(ben))
  const adminPage = await openBrowser()
  await logInAsAdmin(adminPage, server)
  await call(adminPage, server, 'users.setRole', { id: user.id, role: 'admin' })
  const second = await context.newPage()
  await second.goto('/')
  await expect(title(second)).toHaveText(startTitle)
  await findUser(page, server, ben.username)
  await chooseAction(page, ben.username, 'Disable')
  await button(page, 'Disable my account').click()
  await expect(page.getByRole('status').first()).toHaveText(
    'Your account is disabled. Another admin can enable it again.',
  )
  await expect(lockScreen(second).getByRole('status')).toHaveText(
    'Your session has ended. Log in again to continue.',
  )
  await unlockWithPassword(second, ben)
  await expect(lockScreen(second).getByRole('alert')).toHaveText(lockScreenLoginFailure)
})
