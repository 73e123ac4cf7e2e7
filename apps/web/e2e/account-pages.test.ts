import { readFile } from 'node:fs/promises'
import type { AccountExport } from '@app/contract'
import { product } from '@app/contract/product'
import { call, devices, logInElsewhere, signUp } from './setup/actors.ts'
import { expireSudo, logInAsAdmin } from './setup/admins.ts'
import { button, confirmPassword, lockScreen, logIn, title, unlockWithPassword } from './setup/forms.ts'
import { lostRequests } from './setup/page-errors.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'
import { withoutEventStream } from './setup/without-event-stream.ts'

test('change password: ends the other sessions, and the new password logs in', async ({
  page,
  openBrowser,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  const laptop = await openBrowser()
  await laptop.goto('/login')
  await logIn(laptop, ada)
  await expect(title(laptop)).toHaveText(startTitle)

  await page.goto('/account/password')
  const form = page.getByRole('form', { name: 'Change password' })
  await form.getByLabel('Current password', { exact: true }).fill('not the password of ada')
  await form.getByLabel('New password', { exact: true }).fill('seven boats in a green bay')
  await button(form, 'Change password').click()
  const current = form.getByLabel('Current password', { exact: true })
  await expect(current).toHaveAccessibleDescription(/This is not your current password\./)
  await current.fill(ada.password)
  await button(form, 'Change password').click()
  await expect(page.getByRole('status')).toHaveText('Password changed. One other session ended.')
  await expect(form.getByLabel('New password', { exact: true })).toHaveValue('')
  // The form was replaced, so its focused button is gone.
  await expect(title(page)).toBeFocused()

  await expect(lockScreen(laptop)).toBeVisible()
  await unlockWithPassword(laptop, { ...ada, password: 'seven boats in a green bay' })
  await expect(lockScreen(laptop)).toBeHidden()
  await expect(title(laptop)).toHaveText(startTitle)
})

test('profile: a changed name shows to all users', async ({ page, server }) => {
  const ada = await signUp(page, server, 'ada')
  await page.goto('/account')
  const form = page.getByRole('form', { name: 'Your name' })
  await form.getByLabel('Name').fill('Ada of the Hill')
  // On a phone the button is below the first screen, and the message must be visible there too.
  await page.setViewportSize({ width: 320, height: 480 })
  await button(form, 'Save name').click()
  await expect(page.getByRole('status')).toHaveText('Name saved.')
  await expect(page.getByRole('status')).toBeInViewport()
  await expect(button(form, 'Save name')).toBeInViewport()
  await page.setViewportSize({ width: 1100, height: 800 })
  await expect(page.getByRole('button', { name: 'Account menu: Ada of the Hill' })).toBeVisible()

  // A second save repeats the message, and a failure removes it.
  const saved = page.getByText('Name saved.')
  const first = await saved.elementHandle()
  await button(form, 'Save name').click()
  await expect.poll(() => first?.evaluate((element) => element.isConnected)).toBe(false)
  await expect(saved).toBeVisible()
  await form.getByLabel('Name').clear()
  await button(form, 'Save name').click()
  await expect(form.getByRole('alert')).toBeVisible()
  await expect(saved).toBeHidden()

  await page.getByRole('link', { name: 'Users' }).click()
  await page.getByRole('searchbox', { name: 'Search users' }).fill(ada.username)
  await expect(page.getByRole('row', { name: ada.username })).toContainText('Ada of the Hill')
})

test('account pages: preloaded with the first one, so they open offline', async ({
  page,
  context,
  server,
  pageErrors,
}) => {
  await signUp(page, server, 'ada')
  const passwordCode = page.waitForResponse(/account-password.*\.js$/)
  await page.goto('/account')
  await expect(title(page)).toHaveText('Profile')
  await passwordCode
  await page.waitForLoadState('networkidle')

  pageErrors.allow(lostRequests)
  await context.setOffline(true)
  await page.getByRole('link', { name: 'Password' }).click()
  await expect(title(page)).toHaveText('Password')
  await expect(title(page)).toBeFocused()
})

test('sessions: listed by device, ended one by one or all together, and recorded in the activity', async ({
  page,
  server,
}) => {
  await withoutEventStream(page)
  const ada = await signUp(page, server, 'ada')
  for (const device of [devices.phone, devices.laptop, devices.script])
    await logInElsewhere(server, ada, device)
  expireSudo(server, ada)
  await page.goto('/account')
  await page.getByRole('link', { name: 'Sessions' }).click()
  const sessions = page.getByRole('list', { name: 'Sessions' })
  await expect(sessions.getByRole('heading')).toHaveText([
    /^Chrome on \w+$/,
    'backup-script/2.0',
    'Firefox on Windows',
    'Safari on iPhone',
  ])
  await expect(sessions.getByRole('listitem').first()).toContainText(
    /This device\s*127\.0\.0\.1\s*Logged in .*Active now$/,
  )
  await expect(sessions.getByRole('listitem').nth(1)).toContainText(
    /127\.0\.0\.1\s*Logged in .*Active (?:now|\d+ \w+ ago), \w+ \d+, \d{4}/,
  )
  // The full time appears on focus, for the keyboard too.
  const lastActive = sessions
    .getByRole('time')
    .filter({ hasText: /now|ago/ })
    .first()
  await lastActive.focus()
  await expect(lastActive).toHaveText(/^(?:now|\d+ \w+ ago).*\d\d? [AP]M$/)

  await button(sessions, 'End session Safari on iPhone').click()
  await confirmPassword(page, ada)
  await expect(page.getByRole('status')).toHaveText('Session ended: Safari on iPhone.')
  await expect(sessions.getByRole('heading')).toHaveCount(3)
  await expect(sessions).toBeFocused()

  // In the same browser, without a message to this page.
  const listed = await page.request.get(`${server.url}/trpc/sessions.list`)
  const { result } = (await listed.json()) as { result: { data: { id: string; userAgent: string }[] } }
  const script = result.data.find(({ userAgent }) => userAgent === devices.script)
  await call(page, server, 'sessions.revoke', { id: script?.id ?? '' })
  await button(sessions, 'End session backup-script/2.0').click()
  await expect(page.getByRole('status')).toHaveText('That session had already ended.')
  await expect(sessions.getByRole('heading')).toHaveCount(2)

  expireSudo(server, ada)
  await button(page, 'End all other sessions').click()
  const confirmation = page.getByRole('dialog', { name: 'End all other sessions?' })
  await button(confirmation, 'End other sessions').click()
  await confirmPassword(page, ada)
  await expect(page.getByRole('status')).toHaveText(
    'One session ended. You are logged in on this device only.',
  )
  await expect(page.getByRole('heading', { name: 'No other sessions' })).toBeVisible()
  await expect(sessions.getByRole('heading')).toHaveCount(1)

  await page.getByRole('link', { name: 'Activity' }).click()
  const activity = page.getByRole('list', { name: 'Activity' })
  await expect(activity.getByRole('listitem')).toHaveCount(9)
  await expect(activity.getByRole('listitem').first()).toContainText('You ended all your other sessions (1).')
  await expect(activity.getByRole('listitem').last()).toContainText('You signed up.')
  await expect(activity.getByRole('listitem').nth(7)).toContainText(
    /You logged in by password\.\s*127\.0\.0\.1Safari on iPhone/,
  )

  const more = Array.from({ length: 12 }, () => logInElsewhere(server, ada, devices.phone))
  await Promise.all(more)
  await page.reload()
  await expect(activity.getByRole('listitem')).toHaveCount(20)
  await button(page, 'Load more').click()
  await expect(activity.getByRole('listitem')).toHaveCount(21)
  await expect(activity.getByRole('listitem').last()).toBeFocused()
})

test('your data: export downloads a file, and closing deletes the account', async ({
  page,
  context,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  expireSudo(server, ada)
  await page.goto('/account/data')
  await button(page, 'Download my data').click()
  await button(page.getByRole('dialog'), 'Cancel').click()
  await expect(page.getByRole('alert')).toHaveText(
    'Nothing was downloaded. Try again and confirm that it is you.',
  )
  await button(page, 'Download my data').click()
  const started = page.waitForEvent('download')
  await confirmPassword(page, ada)
  const download = await started
  expect(download.suggestedFilename()).toMatch(
    new RegExp(String.raw`^${product.slug}-${ada.username}-\d{4}-\d\d-\d\d\.json$`),
  )
  const file = JSON.parse(await readFile(await download.path(), 'utf8')) as AccountExport
  expect(file.profile.username).toBe(ada.username)
  await expect(page.getByRole('status')).toHaveText(
    `Your data is in the file ${download.suggestedFilename()}.`,
  )

  const second = await context.newPage()
  await second.goto('/')
  const form = page.getByRole('form', { name: 'Close your account' })
  await form.getByLabel('Your user name, to confirm').fill('grace')
  await button(form, 'Close my account').click()
  await expect(form.getByLabel('Your user name, to confirm')).toHaveAccessibleDescription(
    `Type ${ada.username} This is not your user name.`,
  )
  await form.getByLabel('Your user name, to confirm').fill(ada.username.toUpperCase())
  expireSudo(server, ada)
  await button(form, 'Close my account').click()
  await confirmPassword(page, ada)
  await expect(title(page)).toHaveText(`Welcome to ${product.name}`)
  await expect(page).toHaveURL('/')
  await expect(page.getByRole('status')).toHaveText('Your account is closed and its data is deleted.')
  await expect(title(second)).toHaveText(`Welcome to ${product.name}`)
  await expect(second.getByRole('status')).toHaveText('The account is closed and its data is deleted.')

  await page.goto('/signup')
  await page.getByLabel('User name').fill(ada.username)
  await page.getByLabel('Password', { exact: true }).fill(ada.password)
  await button(page, 'Sign up').click()
  await expect(page.getByLabel('User name')).toHaveAccessibleDescription(
    /This user name is taken\. Choose another one\./,
  )
})

test('close account: the last admin is asked to promote another user first', async ({ page, ownServer }) => {
  const admin = await logInAsAdmin(page, ownServer)
  await page.goto(`${ownServer.url}/account/data`)
  await page.getByLabel('Your user name, to confirm').fill(admin.username)
  await button(page, 'Close my account').click()
  await expect(page.getByRole('alert')).toContainText('Make another user an admin first, on the Users page.')
  await expect(title(page)).toHaveText('Your data')
})

test('profile: a user without a name sees the user name once, beside the avatar', async ({
  page,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  await page.goto('/account')
  const account = page.getByRole('region', { name: 'Account' })
  await expect(account.locator('p').getByText(ada.username)).toHaveCount(1)
})
