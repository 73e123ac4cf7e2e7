import { newCredentials } from './setup/actors.ts'
import { expireSudo, logInAsAdmin } from './setup/admins.ts'
import { button, confirmPassword, title } from './setup/forms.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'

test('invitations: an admin makes a link, and one new user signs up with it', async ({
  page,
  server,
  openBrowser,
}) => {
  const admin = await logInAsAdmin(page, server)
  expireSudo(server, admin)
  await page.goto('/users')
  await page.getByRole('link', { name: 'Invite users' }).click()
  await expect(title(page)).toHaveText('Invitations')
  await button(page, 'New invitation').click()
  await button(page, 'Create invitation').click()
  await confirmPassword(page, admin)
  const created = page.getByRole('group', { name: 'New invitation' })
  await expect(created).toBeFocused()
  const link = (await created.getByText(/\/invitation#/).textContent()) ?? ''
  const row = page.getByRole('listitem').filter({ hasText: `Invited by ${admin.username}` })
  await expect(row).toContainText('Open')

  const guest = newCredentials('guest')
  const guestPage = await openBrowser()
  await guestPage.goto(link)
  await expect(title(guestPage)).toHaveText('You are invited')
  await guestPage.getByLabel('User name').fill(guest.username)
  await guestPage.getByLabel('Password', { exact: true }).fill(guest.password)
  await button(guestPage, 'Sign up').click()
  await expect(guestPage.getByRole('status').first()).toContainText('Your account is ready.')
  await expect(title(guestPage)).toHaveText(startTitle)

  await guestPage.goto('about:blank')
  await guestPage.goto(link)
  await expect(title(guestPage)).toHaveText('You already have an account')
  await guestPage.context().clearCookies()
  await guestPage.reload()
  await expect(title(guestPage)).toHaveText('This invitation does not work')
  await page.reload()
  await expect(row).toContainText(`Accepted by ${guest.username}`)
})

test('invitations: an admin revokes one, and its link stops working', async ({
  page,
  server,
  openBrowser,
}) => {
  const admin = await logInAsAdmin(page, server)
  await page.goto('/invitations')
  await button(page, 'New invitation').click()
  await button(page, 'Create invitation').click()
  const created = page.getByRole('group', { name: 'New invitation' })
  const link = (await created.getByText(/\/invitation#/).textContent()) ?? ''
  const row = page.getByRole('listitem').filter({ hasText: `Invited by ${admin.username}` })
  await button(row, 'Revoke the invitation of anyone with the link').click()
  await button(page.getByRole('dialog'), 'Revoke invitation').click()
  await expect(page.getByRole('status').first()).toContainText('Invitation revoked.')
  await expect(page.getByRole('list', { name: 'Invitations' })).toBeFocused()
  await expect(row).toContainText('Revoked')
  // The link that no longer works leaves the page.
  await expect(created).toHaveCount(0)

  const guestPage = await openBrowser()
  await guestPage.goto(link)
  await expect(title(guestPage)).toHaveText('This invitation does not work')
})

test('invitations: the form opens from the button and from the empty list, and returns the focus', async ({
  page,
  ownServer,
}) => {
  await logInAsAdmin(page, ownServer)
  await page.goto(`${ownServer.url}/invitations`)
  const dialog = page.getByRole('dialog', { name: 'New invitation' })
  for (const name of ['New invitation', 'Create the first invitation']) {
    const opener = button(page, name)
    await opener.press('Enter')
    await expect(dialog.getByLabel('Email (optional)')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(opener).toBeFocused()
  }
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('group', { name: 'New invitation' })).toBeFocused()
  await expect(page.getByRole('list', { name: 'Invitations' })).toContainText('Anyone with the link')
})
