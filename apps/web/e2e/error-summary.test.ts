import { newCredentials } from './setup/actors.ts'
import { button } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

test('error summary: names the fields to correct, and shrinks while the user corrects them', async ({
  page,
}) => {
  await page.goto('/signup')
  const ada = newCredentials('ada')
  const username = page.getByLabel('User name')
  const password = page.getByLabel('Password', { exact: true })
  const email = page.getByLabel('Email (optional)')
  await username.fill('a b')
  await email.fill('nowhere')
  await button(page, 'Sign up').click()
  const summary = page.getByRole('alert')
  await expect(summary).toBeFocused()
  await expect(summary).toHaveText('Please check 3 fields: User name, Password, Email')
  // Each error is shown once, at its field.
  await expect(page.getByText('Enter a password.')).toHaveCount(1)

  await summary.getByRole('link', { name: 'Email' }).click()
  await expect(email).toBeFocused()
  await email.fill('ada@example.com')
  await expect(summary).toHaveText('Please check 2 fields: User name, Password')
  await password.fill('password1')
  await username.fill(ada.username)
  await expect(summary).toHaveCount(0)
  // A field that becomes wrong again is named again, and the user can go on typing.
  await username.press('!')
  await expect(summary).toHaveText('Please check one field: User name')
  await expect(username).toBeFocused()
  await username.press('Backspace')
  await expect(summary).toHaveCount(0)

  // The server's error about a password that is no longer in the field.
  await button(page, 'Sign up').click()
  await expect(summary).toBeFocused()
  await expect(summary).toHaveText('Please check one field: Password')
  await expect(password).toHaveAccessibleDescription(/This password is common and easy to guess\./)
  await password.fill('short')
  await expect(password).toHaveAccessibleDescription(/too short/)
  await expect(summary).toHaveText('Please check one field: Password')
  await password.fill(ada.password)
  await expect(summary).toHaveCount(0)
  await expect(password).not.toHaveAttribute('aria-invalid', 'true')
})

test('error summary: a password manager that corrects the focused field does not lose the focus', async ({
  page,
}) => {
  await page.goto('/login')
  await page.getByLabel('User name').fill('ada')
  await button(page, 'Log in').click()
  await expect(page.getByRole('alert')).toBeFocused()
  const password = page.getByLabel('Password', { exact: true })
  // `fill` would focus the field first.
  await password.evaluate((field: HTMLInputElement) => {
    const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') ?? {}
    set?.call(field, 'filled in by a manager')
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  })
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(password).toBeFocused()
})
