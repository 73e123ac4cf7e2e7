import { call, signUp } from './setup/actors.ts'
import { expireSudo, findUser, logInAsAdmin } from './setup/admins.ts'
import { changeRows } from './setup/change-rows.ts'
import { button, confirmPassword, title } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}`, cookie: '' } })

test('access tokens: a user creates one, a program uses it, and it ends with its revocation', async ({
  page,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  await page.goto('/account')
  await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: 'Access tokens' }).click()
  expireSudo(server, ada)
  await button(page, 'New token').click()
  const form = page.getByRole('form', { name: 'New access token' })
  await form.getByLabel('Name').fill('Backup')
  await form.getByLabel('Read and change your profile').check()
  await button(form, 'Create token').click()
  await confirmPassword(page, ada)

  const created = page.getByRole('group', { name: 'New token' })
  await expect(created).toBeFocused()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const token = (await created.getByText(/^acctpat_/).textContent()) ?? ''
  const me = await fetch(`${server.url}/trpc/account.me`, bearer(token))
  expect(await me.json()).toMatchObject({ result: { data: { username: ada.username } } })

  await page.reload()
  const row = page.getByRole('list', { name: 'Access tokens' }).getByRole('listitem')
  await expect(row).toContainText(`acctpat_…${token.slice(-4)}`)
  await expect(row).toContainText('Last used')
  await expect(page.getByText(token)).toHaveCount(0)
  await button(row, 'Manage token Backup').click()
  await button(row, 'Revoke').click()
  await button(page.getByRole('dialog'), 'Revoke token').click()
  await expect(page.getByRole('status').first()).toContainText('Token revoked: Backup.')
  await expect(title(page)).toBeFocused()
  expect((await fetch(`${server.url}/trpc/account.me`, bearer(token))).status).toBe(401)
})

test('access tokens: the form opens, keeps and drops its text, and closes by the keyboard', async ({
  page,
  server,
}) => {
  await signUp(page, server, 'ada')
  await page.goto('/account/tokens')
  const opener = button(page, 'New token')
  const first = button(page, 'Create your first token')
  const dialog = page.getByRole('dialog', { name: 'New access token' })
  const name = dialog.getByLabel('Name')
  await expect(first).toBeVisible()
  await opener.press('Enter')
  await expect(name).toBeFocused()
  await page.keyboard.type('Back')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(opener).toBeFocused()
  // Escape is easily pressed by mistake, so the text comes back. "Cancel" drops it.
  await page.keyboard.press('Enter')
  await expect(name).toHaveValue('Back')
  await button(dialog, 'Cancel').press('Enter')
  await expect(opener).toBeFocused()
  await first.press('Space')
  await expect(name).toHaveValue('')
  await button(dialog, 'Cancel').press('Space')
  await expect(first).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.type('Backup')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('group', { name: 'New token' })).toBeFocused()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('list', { name: 'Access tokens' })).toContainText('Backup')
  await opener.click()
  await button(page.getByRole('dialog'), 'Continue').click()
  await expect(name).toHaveValue('')
})

test('access tokens: an admin revokes one of another user', async ({ page, server }) => {
  const { username } = await signUp(page, server, 'ben')
  await call(page, server, 'tokens.create', { name: 'Backup', scopes: ['account:read'] })
  await logInAsAdmin(page, server)
  await (await findUser(page, server, username)).click()
  await button(page, `Access tokens (${username})`).click()
  const dialog = page.getByRole('dialog', { name: `Access tokens of ${username}` })
  const question = page.getByRole('dialog', { name: 'Revoke the token Backup?' })
  await button(dialog, 'Manage token Backup').click()
  await button(dialog, 'Revoke').click()
  await expect(question).toBeVisible()
  // Closes the question only.
  await page.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  await button(dialog, 'Manage token Backup').click()
  await button(dialog, 'Revoke').click()
  await button(question, 'Revoke token').click()
  await expect(dialog).toContainText(`${username} has no access tokens.`)
  await expect(button(dialog, 'Close')).toBeFocused()
})

test('access tokens: a link of a token shows its events, to its user and to an admin', async ({
  page,
  server,
}) => {
  const { username } = await signUp(page, server, 'ben')
  for (const name of ['Backup', 'Other'])
    await call(page, server, 'tokens.create', { name, scopes: ['account:read'] })
  await page.goto('/account/tokens')
  const menu = button(page, 'Manage token Backup')
  const link = page.getByRole('link', { name: 'Show its events' })
  const filter = page.getByRole('group', { name: 'Token' })
  await menu.press('Enter')
  await link.press('Enter')
  const activity = page.getByRole('list', { name: 'Activity' }).getByRole('listitem')
  await expect(activity).toHaveText([/created the access token “?Backup/])
  await expect(filter).toContainText('Backup')
  await button(page, 'Remove the filter “Token”').press('Enter')
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeFocused()
  await expect(activity).toHaveCount(3)
  await page.goBack()
  await expect(activity).toHaveCount(1)
  await page.goto('/account/activity?token=unknown')
  await expect(page.getByRole('heading', { name: 'No events found' })).toBeVisible()
  await expect(filter).toContainText('unknown …nknown')
  await button(page, 'Show all activity').press('Enter')
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeFocused()
  await expect(activity).toHaveCount(3)

  await logInAsAdmin(page, server)
  await (await findUser(page, server, username)).click()
  await button(page, `Access tokens (${username})`).click()
  await menu.press('Enter')
  await link.press('Enter')
  await expect(page.getByRole('heading', { name: 'Audit log' })).toBeVisible()
  await expect(filter).toContainText('Backup')
  const events = page.getByRole('list', { name: 'Events' }).getByRole('listitem')
  await expect(events).toHaveText([new RegExp(`^${username} created the access token`)])
  const url = page.url()
  await page.goto('/audit?event=token-created')
  const created = events.filter({ hasText: `${username} created the access token “Backup”` })
  await created.getByRole('button', { name: /^Details: / }).press('Enter')
  await created.getByRole('link', { name: 'All events of the access token' }).press('Enter')
  await expect(page).toHaveURL(url)
  await page.getByRole('combobox', { name: 'Event' }).click()
  await page.getByRole('option', { name: 'Access token revoked' }).click()
  await expect(page).toHaveURL(/token=.*event=token-revoked/)
  await expect(page.getByRole('heading', { name: 'No events found' })).toBeVisible()
  await expect(filter).toContainText('Backup')
  await button(page, 'Remove the filter “Token”').press('Enter')
  await expect(page.getByRole('combobox', { name: 'User' })).toBeFocused()
  await expect(page).toHaveURL(/\/audit\?event=token-revoked$/)
})

test('access tokens: an admin’s token in the activity of another user is not called deleted', async ({
  page,
  server,
}) => {
  await logInAsAdmin(page, server)
  const { id } = await call(page, server, 'tokens.create', { name: 'Script', scopes: ['account:read'] })
  await page.context().clearCookies()
  const { username } = await signUp(page, server, 'ben')
  const ofUser = 'subject = (select id from users where username = ?)'
  changeRows(server, `update audit_events set token_id = ? where ${ofUser}`, id, username)
  await page.goto(`/account/activity?token=${id}`)
  await expect(page.getByRole('list', { name: 'Activity' })).toContainText('You signed up')
  await expect(page.getByRole('group', { name: 'Token' })).toContainText(`unknown …${id.slice(-6)}`)
})

test('access tokens: the events of one whose name is not kept show it as deleted', async ({
  page,
  server,
}) => {
  const { username } = await signUp(page, server, 'ben')
  const { id } = await call(page, server, 'tokens.create', { name: 'Backup', scopes: ['account:write'] })
  // After 180 days the event of its creation is deleted, and later ones are left.
  changeRows(server, `update audit_events set event = 'exported', detail = '{}' where token_id = ?`, id)
  const filter = page.getByRole('group', { name: 'Token' })
  const ofToken = `?token=${id}`
  const end = id.slice(-6)
  await logInAsAdmin(page, server)
  await page.goto(`/audit${ofToken}`)
  await expect(filter).toContainText('Backup')
  changeRows(server, 'delete from access_tokens where id = ?', id)
  await page.reload()
  await expect(page.getByRole('list', { name: 'Events' })).toContainText(`${username} exported`)
  await expect(filter).toContainText(`deleted …${end}`)
  await page.goto(`/audit${ofToken}&event=login`)
  await expect(page.getByRole('heading', { name: 'No events found' })).toBeVisible()
  await expect(filter).toContainText(`unknown …${end}`)
})
