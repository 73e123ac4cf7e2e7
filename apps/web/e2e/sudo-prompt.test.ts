import type { Page } from '@playwright/test'
import { devices, logInElsewhere, signUp } from './setup/actors.ts'
import type { Credentials } from './setup/actors.ts'
import { expireSudo } from './setup/admins.ts'
import { button, title } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'
import { withoutEventStream } from './setup/without-event-stream.ts'

test('sudo prompt: two simultaneous actions ask for the password once, and both run', async ({
  page,
  server,
}) => {
  await withoutEventStream(page)
  const ada = await signUp(page, server, 'ada')
  for (const device of [devices.phone, devices.laptop]) await logInElsewhere(server, ada, device)
  expireSudo(server, ada)
  await page.goto('/account/sessions')
  const bothSent = Promise.withResolvers<void>()
  let sent = 0
  await page.route('**/trpc/sessions.revoke', async (route) => {
    sent += 1
    if (sent === 2) bothSent.resolve()
    await bothSent.promise
    await route.continue()
  })
  await button(page, 'End session Safari on iPhone').click()
  await button(page, 'End session Firefox on Windows').click()

  await confirm(page, ada)
  await expect(page.getByRole('heading', { name: 'No other sessions' })).toBeVisible()
  expect(sent).toBe(4)
})

test('sudo prompt: the back button closes it and cancels the action', async ({ page, server }) => {
  const ada = await signUp(page, server, 'ada')
  expireSudo(server, ada)
  await page.goto('/account')
  await page.getByRole('link', { name: 'Data' }).click()
  await button(page, 'Download my data').click()
  await expect(prompt(page)).toBeVisible()

  await page.goBack()
  await expect(title(page)).toHaveText('Profile')
  await expect(prompt(page)).toBeHidden()
  await expect(title(page)).toBeFocused()
  // The response that requires the password may arrive after the user left the page.
  const released = Promise.withResolvers<void>()
  await page.route('**/trpc/account.export*', async (route) => {
    await released.promise
    await route.continue()
  })
  await page.goForward()
  await button(page, 'Download my data').click()
  await page.goBack()
  const response = page.waitForResponse('**/trpc/account.export*')
  released.resolve()
  await response
  await expect(title(page)).toHaveText('Profile')
  await expect(prompt(page)).toBeHidden()
})

test('sudo prompt: opens on a page that the user opened before the former action asked', async ({
  page,
  server,
}) => {
  await withoutEventStream(page)
  const ada = await signUp(page, server, 'ada')
  await logInElsewhere(server, ada, devices.phone)
  expireSudo(server, ada)
  await page.goto('/account/data')
  const released = Promise.withResolvers<void>()
  await page.route('**/trpc/account.export*', async (route) => {
    await released.promise
    await route.continue()
  })
  await button(page, 'Download my data').click()
  await page.getByRole('main').getByRole('link', { name: 'Sessions' }).click()
  await expect(title(page)).toHaveText('Sessions')
  const response = page.waitForResponse('**/trpc/account.export*')
  released.resolve()
  await response
  await button(page, 'End session Safari on iPhone').click()
  await confirm(page, ada)
  await expect(page.getByRole('heading', { name: 'No other sessions' })).toBeVisible()
})

test('sudo prompt: asks once, and shows an error when sudo expires again', async ({ page, server }) => {
  const ada = await signUp(page, server, 'ada')
  expireSudo(server, ada)
  await page.goto('/account/data')
  let sent = 0
  await page.route('**/trpc/account.export*', (route) => {
    sent += 1
    if (sent === 2) expireSudo(server, ada)
    return route.continue()
  })
  await button(page, 'Download my data').click()
  await confirm(page, ada)
  await expect(page.getByRole('alert')).toHaveText(
    'Nothing was downloaded. Try again and confirm that it is you.',
  )
  await expect(prompt(page)).toBeHidden()
  expect(sent).toBe(2)
})

function prompt(page: Page) {
  return page.getByRole('dialog', { name: 'Confirm your password' })
}

async function confirm(page: Page, { password }: Credentials): Promise<void> {
  await prompt(page).getByLabel('Password', { exact: true }).fill(password)
  await button(prompt(page), 'Confirm').click()
}
