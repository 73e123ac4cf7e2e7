import { product } from '@app/contract/product'
import { newCredentials } from './setup/actors.ts'
import { button, logIn, logOut, title } from './setup/forms.ts'
import { openMail } from './setup/mailbox.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'

const newPassword = 'seven boats in a green bay'

test('mail: a new user confirms an email, forgets the password, and gets back in by mail', async ({
  page,
}) => {
  const ada = newCredentials('ada')
  const email = `${ada.username}@example.org`
  await page.goto('/signup')
  await page.getByLabel('User name').fill(ada.username)
  await page.getByLabel('Password', { exact: true }).fill(ada.password)
  await page.getByLabel('Email (optional)').fill(email)
  await button(page, 'Sign up').click()
  await expect(title(page)).toHaveText(startTitle)
  await page.goto('/account/email')
  await expect(page.getByText('Not confirmed')).toBeVisible()

  await (await openMail(page, email, 'Confirm your email address')).click()
  await expect(title(page)).toHaveText('Confirm your email')
  await button(page, 'Confirm email').click()
  await expect(title(page)).toHaveText('Your email is confirmed')
  await page.goto('/account/email')
  await expect(page.getByText('Confirmed', { exact: true })).toBeVisible()
  await logOut(page)

  await page.getByRole('link', { name: 'Forgot password?' }).click()
  await page.getByLabel('User name or email').fill(email.toUpperCase())
  await button(page, 'Send the link').click()
  await expect(title(page)).toHaveText('Check your mail')
  await page.getByRole('link', { name: 'read its mails here' }).click()
  await (await openMail(page, email, 'Choose a new password')).click()
  await expect(title(page)).toHaveText('Choose a new password')
  await page.getByLabel('New password', { exact: true }).fill(newPassword)
  await button(page, 'Change password').click()
  await expect(title(page)).toHaveText('Your password is changed')
  await page.getByRole('main').getByRole('link', { name: 'Log in' }).click()
  // A confirmed email is a log-in name.
  await logIn(page, { username: email, password: newPassword })
  await expect(title(page)).toHaveText(startTitle)

  await openMail(page, email, 'password was reset')
  await expect(page.getByText(product.name).first()).toBeVisible()
})
