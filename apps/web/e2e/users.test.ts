import { signupInput } from '@app/contract/testing'
import { call, newCredentials, signUp } from './setup/actors.ts'
import { button } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

test('users: buttons change the page, and a new search starts at its first page', async ({
  page,
  ownServer,
}) => {
  for (let index = 10; index < 30; index += 1)
    await call(
      page,
      ownServer,
      'auth.signup',
      signupInput({ ...newCredentials('any'), username: `guest-${index}` }),
    )
  await signUp(page, ownServer, 'zoe')
  await page.goto(`${ownServer.url}/users`)
  const rows = page.getByRole('table', { name: 'Users' }).locator('tbody tr')
  await expect(rows).toHaveCount(20)
  const next = button(page, 'Next')
  const previous = button(page, 'Previous')
  await expect(previous).toHaveAttribute('aria-disabled', 'true')
  await next.click()
  await expect(rows).toHaveText([/zoe-/])
  await expect(page.getByText('Page 2')).toBeVisible()
  // On the last page the button keeps the focus but is disabled.
  await expect(next).toBeFocused()
  await expect(next).toHaveAttribute('aria-disabled', 'true')
  await page.reload()
  await expect(rows).toHaveText([/zoe-/])
  await previous.click()
  await expect(rows).toHaveCount(20)
  await expect(rows.first()).toContainText('guest-10')

  await next.click()
  await page.getByRole('searchbox', { name: 'Search users' }).fill('guest-2')
  await expect(rows).toHaveCount(10)
  await expect(next).toBeHidden()
})
