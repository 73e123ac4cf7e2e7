import { signUp } from './setup/actors.ts'
import { changeRows } from './setup/change-rows.ts'
import { button, lockScreen, logIn, logOut, title, unlockWithPassword } from './setup/forms.ts'
import { codeField, codeOf, openSetUp, setUpAuthenticator, wrongCodeOf } from './setup/second-factor.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'

test('second factor: a user sets up an app, logs in with it, loses it, and gets back in', async ({
  page,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  const { secret, recoveryCodes } = await setUpAuthenticator(page)
  await expect(page.getByText('10 of 10 left')).toBeVisible()
  await expect(title(page)).toBeFocused()
  await logOut(page)

  await page.goto('/login')
  await logIn(page, ada)
  const code = codeField(page)
  await expect(code).toBeFocused()
  await code.fill(await wrongCodeOf(secret))
  await expect(code).toHaveAccessibleDescription(/This code is wrong or was used before\./)
  // Typed as the app shows it. The last digit sends it.
  const next = await codeOf(secret, 1)
  await code.fill('')
  await code.pressSequentially(`${next.slice(0, 3)} ${next.slice(3)}`)
  await expect(title(page)).toHaveText(startTitle)
  await logOut(page)

  await page.goto('/login')
  await logIn(page, ada)
  await button(page, 'Use a recovery code').click()
  const recoveryCode = page.getByLabel('Recovery code')
  await expect(recoveryCode).toBeFocused()
  // Password managers fill a field for one-time codes with a code of the app.
  await expect(recoveryCode).toHaveAttribute('autocomplete', 'off')
  await recoveryCode.fill((recoveryCodes[0] ?? '').toLowerCase().replaceAll('-', ' '))
  expect(await page.evaluate(() => Object.values(sessionStorage).join())).not.toContain('code')
  await button(page, 'Continue').click()
  await expect(title(page)).toHaveText(startTitle)
  await page.goto('/account/security')
  await expect(page.getByText('9 of 10 left')).toBeVisible()
})

test('second factor: a rejected code is not sent again while the user corrects it', async ({
  page,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  const { secret } = await setUpAuthenticator(page)
  await logOut(page)
  await page.goto('/login')
  await logIn(page, ada)
  let tries = 0
  page.on('request', (request) => {
    if (request.url().includes('auth.secondFactor')) tries += 1
  })
  const code = codeField(page)
  await code.fill(await wrongCodeOf(secret))
  await expect(code).toHaveAccessibleDescription(/This code is wrong or was used before\./)
  await code.press('End')
  await page.keyboard.type(' ')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await code.fill(await codeOf(secret, 1))
  await expect(title(page)).toHaveText(startTitle)
  expect(tries).toBe(2)
})

test('second factor: the second step can be left, and an expired one leads back', async ({
  page,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  await setUpAuthenticator(page)
  await logOut(page)
  await page.goto('/login')
  await logIn(page, ada)
  await button(page, 'Start again').click()
  await expect(page.getByLabel('User name')).toHaveValue(ada.username)
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused()

  await logIn(page, ada)
  await expect(codeField(page)).toBeVisible()
  await page.context().clearCookies({ name: /^(?:__Host-)?pending-login/ })
  await codeField(page).fill('000000')
  await expect(page.getByRole('status').first()).toHaveText(
    'This log-in took too long or is not valid any more. Start again.',
  )
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible()
})

test('second factor: the lock screen has the title of the step, and the code unlocks the page', async ({
  page,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  const { secret } = await setUpAuthenticator(page)
  await page.goto('/account')
  const save = button(page, 'Save name')
  await expect(save).toBeVisible()
  const own = 'user_id = (select id from users where username = ?)'
  changeRows(server, `delete from sessions where ${own}`, ada.username)
  // By its text, because the lock screen may have taken its role already.
  await page.locator('button', { hasText: 'Save name' }).dispatchEvent('click')
  await unlockWithPassword(page, ada)
  const step = page.getByRole('dialog', { name: 'Confirm it is you' })
  await expect(step.getByRole('heading')).toHaveCount(1)
  await button(step, 'Start again').click()
  await expect(lockScreen(page)).toBeVisible()
  await unlockWithPassword(page, ada)
  await codeField(step).fill(await codeOf(secret, 1))
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(save).toBeVisible()
})

test('second factor: half a set-up changes nothing, and removing it asks for the code', async ({
  page,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  await openSetUp(page)
  await page.keyboard.press('Escape')
  await logOut(page)
  await page.goto('/login')
  await logIn(page, ada)
  await expect(title(page)).toHaveText(startTitle)

  await setUpAuthenticator(page)
  await button(page, 'Remove').click()
  await expect(page.getByLabel('End all other sessions')).toBeChecked()
  await button(page.getByRole('dialog'), 'Remove').click()
  await expect(page.getByRole('status').first()).toContainText('Authenticator app removed.')
  await expect(button(page, 'Set up')).toBeVisible()
})

test('second factor: the buttons of the set-up stay visible on a low screen', async ({ page, server }) => {
  await page.setViewportSize({ width: 390, height: 480 })
  await signUp(page, server, 'ada')
  const secret = await openSetUp(page)
  const dialog = page.getByRole('dialog')
  for (const name of ['Cancel', 'Turn on']) await expect(button(dialog, name)).toBeInViewport({ ratio: 1 })
  await codeField(dialog).fill(await wrongCodeOf(secret))
  await button(dialog, 'Turn on').click()
  await expect(dialog.getByRole('alert')).toBeInViewport({ ratio: 1 })
  await expect(codeField(dialog)).toBeInViewport({ ratio: 1 })
  await expect(button(dialog, 'Turn on')).toBeInViewport({ ratio: 1 })
})
