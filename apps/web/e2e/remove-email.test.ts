import { signUp } from './setup/actors.ts'
import { button } from './setup/forms.ts'
import { intercept } from './setup/intercept.ts'
import { expect, test } from './setup/test.ts'

test('remove email: after a failure the dialog opens again without the former error', async ({
  page,
  server,
  pageErrors,
}) => {
  pageErrors.allow(/net::ERR_FAILED/)
  await signUp(page, server, 'ada')
  await page.goto('/account/email')
  await page.getByLabel('New email').fill('ada@example.org')
  await button(page, 'Send the link').click()
  await intercept(page, '*/trpc/email.remove', 'fail')
  const dialog = page.getByRole('dialog', { name: 'Remove your email?' })
  await button(page, 'Remove email').click()
  await button(dialog, 'Remove email').click()
  await expect(dialog.getByRole('alert')).toContainText('The server cannot be reached.')
  await button(dialog, 'Cancel').click()
  await button(page, 'Remove email').click()
  await expect(button(dialog, 'Cancel')).toBeFocused()
  await expect(dialog.getByRole('alert')).toHaveCount(0)
})
