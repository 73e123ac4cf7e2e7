import type { Page } from '@playwright/test'
import { signUp } from './setup/actors.ts'
import { chooseAction, findUser, logInAsAdmin } from './setup/admins.ts'
import { changeRows } from './setup/change-rows.ts'
import { button, title } from './setup/forms.ts'
import { codeField, codeOf, openSetUp } from './setup/second-factor.ts'
import { expect, test } from './setup/test.ts'

test('shown once: a new token asks before it closes without a copy, and closes after one', async ({
  page,
  server,
}) => {
  await signUp(page, server, 'ada')
  await page.goto('/account/tokens')
  await createToken(page, 'Backup')
  const created = page.getByRole('group', { name: 'New token' })
  const question = page.getByRole('dialog', { name: 'Continue without copying the token?' })
  await button(created, 'Done').press('Enter')
  await expect(question).toContainText('It is not shown again.')
  await button(question, 'Cancel').press('Enter')
  await expect(button(created, 'Done')).toBeFocused()
  await page.keyboard.press('Enter')
  await button(question, 'Continue').press('Enter')
  await expect(created).toHaveCount(0)
  await expect(title(page)).toBeFocused()

  await createToken(page, 'Another')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
  await button(created, 'Copy access token').click()
  await expect(created.getByText('Copied')).toBeVisible()
  await button(created, 'Done').press('Enter')
  await expect(created).toHaveCount(0)
  await expect(question).toHaveCount(0)
  await expect(title(page)).toBeFocused()
  await page.context().clearPermissions()
})

test('shown once: a token and codes that the browser did not copy still ask', async ({ page, server }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))
  })
  await signUp(page, server, 'ada')
  await page.goto('/account/tokens')
  await createToken(page, 'Backup')
  const created = page.getByRole('group', { name: 'New token' })
  await button(created, 'Copy access token').click()
  await expect(created.getByText('Selected: copy it with the keyboard')).toBeVisible()
  await button(created, 'Done').click()
  await button(page.getByRole('dialog', { name: 'Continue without copying the token?' }), 'Continue').click()

  const secret = await openSetUp(page)
  await codeField(page.getByRole('dialog')).fill(await codeOf(secret))
  await button(page.getByRole('dialog'), 'Turn on').click()
  const codes = page.getByRole('dialog', { name: 'Save your recovery codes' })
  await button(codes, 'Copy').click()
  await expect(codes.getByText('Selected: copy them with the keyboard')).toBeVisible()
  await button(codes, 'Done').click()
  await expect(page.getByRole('dialog', { name: 'Have you saved the codes?' })).toBeVisible()
})

test('shown once: an invitation link that the user copies by the keyboard closes without a question', async ({
  page,
  server,
}) => {
  await logInAsAdmin(page, server)
  await page.goto('/invitations')
  await button(page, 'New invitation').click()
  await button(page, 'Create invitation').click()
  const created = page.getByRole('group', { name: 'New invitation' })
  await button(created, 'Done').click()
  const question = page.getByRole('dialog', { name: 'Continue without copying the link?' })
  await button(question, 'Cancel').click()
  const link = created.getByText(/\/invitation#/)
  // A double click selects a word. Without a selection there is nothing to copy.
  await link.dblclick({ position: { x: 5, y: 5 } })
  await page.keyboard.press('Control+C')
  await button(created, 'Copy invitation link').focus()
  await link.evaluate(() => getSelection()?.removeAllRanges())
  await page.keyboard.press('Control+C')
  await button(created, 'Done').click()
  await button(question, 'Cancel').click()
  await link.selectText()
  await page.keyboard.press('Control+C')
  await button(created, 'Done').click()
  await expect(created).toHaveCount(0)
  await expect(question).toHaveCount(0)
})

test('shown once: Escape asks before it closes a dialog with a link that was not copied', async ({
  page,
  server,
}) => {
  const { username } = await signUp(page, server, 'ada')
  await logInAsAdmin(page, server)
  const menu = await findUser(page, server, username)
  await chooseAction(page, username, 'Create recovery link')
  await button(page.getByRole('dialog'), 'Create link').click()
  const dialog = page.getByRole('dialog', { name: `Recovery link for ${username}`, exact: true })
  await expect(dialog).toBeVisible()
  const question = page.getByRole('dialog', { name: 'Continue without copying the link?' })
  for (const round of ['first', 'second', 'third']) {
    await page.keyboard.press('Escape')
    await expect(question, round).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(question, round).toHaveCount(0)
    await expect(dialog, round).toBeVisible()
  }
  await dialog.getByText(/\/reset-password#/).selectText()
  await page.keyboard.press('Control+C')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(menu).toBeFocused()
})

test('shown once: a link stays when its user leaves the list', async ({ page, server }) => {
  const { username } = await signUp(page, server, 'ada')
  await logInAsAdmin(page, server)
  await findUser(page, server, username)
  await chooseAction(page, username, 'Create recovery link')
  // The next load of the list finds no such user.
  const renamed = `renamed-${username.slice(-6)}`
  const rename = 'update users set username = ?, name = ?, name_key = ? where username = ?'
  changeRows(server, rename, renamed, renamed, renamed, username)
  await button(page.getByRole('dialog'), 'Create link').click()
  await expect(page.getByText('No users found for')).toBeAttached()
  const dialog = page.getByRole('dialog', { name: `Recovery link for ${username}`, exact: true })
  await expect(dialog.getByText(/\/reset-password#/)).toBeVisible()
  await button(dialog, 'Done').click()
  await button(page.getByRole('dialog'), 'Continue').click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('shown once: a link of a removed user who left the list is refused with a message', async ({
  page,
  server,
}) => {
  const { username } = await signUp(page, server, 'ada')
  await logInAsAdmin(page, server)
  await findUser(page, server, username)
  await chooseAction(page, username, 'Create recovery link')
  await page.route('**/trpc/recovery.issueLink*', async (route) => {
    // As Back to another page of the list.
    await page.evaluate(() => history.pushState(null, '', '/users?search=no-such-user'))
    await expect(page.getByText('No users found for')).toBeAttached()
    await route.continue()
  })
  changeRows(server, 'delete from users where username = ?', username)
  await button(page.getByRole('dialog'), 'Create link').click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('status').filter({ hasText: `${username} no longer exists` })).toBeVisible()
})

test('shown once: recovery codes ask whether they are saved, until they are', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  const secret = await openSetUp(page)
  await codeField(page).fill(await codeOf(secret))
  await button(page, 'Turn on').click()
  const dialog = page.getByRole('dialog', { name: 'Save your recovery codes' })
  await expect(dialog).toBeVisible()
  await dialog.getByRole('listitem').first().selectText()
  await page.keyboard.press('Control+C')
  const question = page.getByRole('dialog', { name: 'Have you saved the codes?' })
  await page.keyboard.press('Escape')
  await button(question, 'Cancel').press('Enter')
  await button(dialog, 'Done').press('Enter')
  await expect(question).toContainText('you cannot get back in')
  await page.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  await expect(button(dialog, 'Done')).toBeFocused()
  await Promise.all([page.waitForEvent('download'), button(dialog, 'Download').click()])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(title(page)).toBeFocused()
})

async function createToken(page: Page, name: string): Promise<void> {
  await button(page, 'New token').click()
  const form = page.getByRole('form', { name: 'New access token' })
  await form.getByLabel('Name').fill(name)
  await form.getByLabel('Read your profile').check()
  await button(form, 'Create token').click()
  await expect(page.getByRole('group', { name: 'New token' })).toBeFocused()
}
