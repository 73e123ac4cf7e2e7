import type { Locator, Page } from '@playwright/test'
import { call, signUp } from './setup/actors.ts'
import { findUser, logInAsAdmin } from './setup/admins.ts'
import { button, title } from './setup/forms.ts'
import { codeOf, setUpAuthenticator } from './setup/second-factor.ts'
import { expect, test } from './setup/test.ts'

test('keyboard: an authenticator app is set up, removed, and its codes are made again', async ({
  page,
  server,
}) => {
  await signUp(page, server, 'ada')
  await page.goto('/account/security')
  const setUp = button(page, 'Set up')
  const dialog = page.getByRole('dialog')
  await press(page, setUp, 'Enter')
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(setUp).toBeFocused()

  await page.keyboard.press('Space')
  const key = (await dialog.locator('code').textContent()) ?? ''
  await press(page, dialog.getByLabel('Code', { exact: true }))
  await page.keyboard.type(await codeOf(key.replaceAll(' ', '')))
  await page.keyboard.press('Enter')
  const codes = page.getByRole('dialog', { name: 'Save your recovery codes' })
  await leaveCodes(page, codes)
  await expect(title(page)).toBeFocused()

  const again = button(page, 'Make new codes')
  await cancel(page, again, dialog)
  await page.keyboard.press('Enter')
  await press(page, button(dialog, 'Make new codes'), 'Enter')
  await leaveCodes(page, codes)
  await expect(title(page)).toBeFocused()

  await cancel(page, button(page, 'Remove'), dialog)
  await page.keyboard.press('Enter')
  await press(page, button(dialog, 'Remove'), 'Space')
  await expect(setUp).toBeVisible()
  await expect(page.getByRole('list', { name: 'Second step' })).toBeFocused()
})

test('keyboard: a key that is held after it opened a dialog presses no button in it', async ({
  page,
  server,
}) => {
  await signUp(page, server, 'ada')
  await setUpAuthenticator(page)
  await button(page, 'Make new codes').click()
  await button(page.getByRole('dialog'), 'Make new codes').click()
  await button(page, 'Done').focus()
  await page.keyboard.down('Enter')
  const stay = button(page.getByRole('dialog', { name: 'Have you saved the codes?' }), 'Cancel')
  await expect(stay).toBeFocused()
  for (let count = 0; count < 3; count += 1) await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  await expect(stay).toBeFocused()
})

test('keyboard: an admin makes and copies the links of a user, and revokes a token', async ({
  page,
  server,
}) => {
  const { username } = await signUp(page, server, 'ada')
  await setUpAuthenticator(page)
  await call(page, server, 'tokens.create', { name: 'Backup', scopes: ['account:read'] })
  await logInAsAdmin(page, server)
  const menu = await findUser(page, server, username)
  const dialog = page.getByRole('dialog')
  for (const [action, confirm] of [
    ['Create recovery link', 'Create link'],
    ['Reset second factors', 'Request reset'],
  ] as const) {
    const item = button(page, `${action} (${username})`)
    await choose(page, menu, item)
    await expect(button(dialog, 'Cancel')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(menu).toBeFocused()
    await choose(page, menu, item)
    await press(page, button(dialog, confirm), 'Enter')
    await press(page, button(dialog, 'Done'), 'Enter')
    const question = page.getByRole('dialog', { name: 'Continue without copying the link?' })
    await expect(button(question, 'Cancel')).toBeFocused()
    await press(page, button(question, 'Continue'), 'Enter')
    await expect(dialog).toHaveCount(0)
    await expect(menu).toBeFocused()
  }

  const tokens = page.getByRole('dialog', { name: `Access tokens of ${username}` })
  await choose(page, menu, button(page, `Access tokens (${username})`))
  const ofToken = button(tokens, 'Manage token Backup')
  await choose(page, ofToken, button(page, 'Revoke'))
  const question = page.getByRole('dialog', { name: 'Revoke the token Backup?' })
  await page.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  await expect(ofToken).toBeFocused()
  await choose(page, ofToken, button(page, 'Revoke'))
  await press(page, button(question, 'Revoke token'), 'Enter')
  await expect(tokens).toContainText('Token revoked: Backup.')
  await expect(tokens).toContainText('has no access tokens')
  await press(page, button(tokens, 'Close'), 'Enter')
  await expect(menu).toBeFocused()
})

/** Moves the focus to a control by Tab, as a user of the keyboard does, and presses the key on it. */
async function press(page: Page, control: Locator, key?: string): Promise<void> {
  await expect(control).toBeVisible()
  const isFocused = () => control.evaluate((element) => element === document.activeElement)
  for (let tabs = 0; !(await isFocused()); tabs += 1) {
    expect(tabs, 'Tab reaches the control').toBeLessThan(60)
    await page.keyboard.press('Tab')
  }
  if (key !== undefined) await page.keyboard.press(key)
}

/** Chooses an item of a menu. */
async function choose(page: Page, menu: Locator, item: Locator): Promise<void> {
  await press(page, menu, 'Enter')
  await press(page, item, 'Enter')
}

/** Opens a question and cancels it by its focused button: the focus returns to the opener. */
async function cancel(page: Page, opener: Locator, dialog: Locator): Promise<void> {
  await press(page, opener, 'Enter')
  await press(page, button(dialog, 'Cancel'), 'Enter')
  await expect(dialog).toHaveCount(0)
  await expect(opener).toBeFocused()
}

/** Closes the dialog with recovery codes and confirms that they are saved. */
async function leaveCodes(page: Page, codes: Locator): Promise<void> {
  await expect(codes.getByRole('listitem')).toHaveCount(10)
  await press(page, button(codes, 'Done'), 'Enter')
  const question = page.getByRole('dialog', { name: 'Have you saved the codes?' })
  await expect(button(question, 'Cancel')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  await expect(button(codes, 'Done')).toBeFocused()
  await page.keyboard.press('Enter')
  await press(page, button(question, 'I have saved them'), 'Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}
