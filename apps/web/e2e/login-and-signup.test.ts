import { newCredentials, signUp } from './setup/actors.ts'
import { button, logIn, submitWithoutButton, title } from './setup/forms.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'

test('login: a wrong password and an unknown user name look the same', async ({ page, openBrowser }) => {
  const ada = newCredentials('ada')
  const other = await openBrowser()
  await other.goto('/signup')
  await other.getByLabel('User name').fill(ada.username)
  await other.getByLabel('Password', { exact: true }).fill(ada.password)
  await button(other, 'Sign up').click()
  await expect(title(other)).toHaveText(startTitle)

  await page.goto('/login')
  const looks: string[] = []
  for (const username of [ada.username, newCredentials('unknown').username]) {
    await logIn(page, { username, password: 'not the password of ada' })
    const alert = page.getByRole('alert')
    await expect(alert).toBeFocused()
    await expect(page.getByLabel('User name')).toHaveValue(username)
    looks.push(await page.getByRole('main').ariaSnapshot())
    await page.getByLabel('User name').clear()
    await page.getByLabel('Password', { exact: true }).clear()
  }
  expect(looks[0]).toContain('Wrong user name or password.')
  expect(looks[1]?.replace(/unknown-\w+/, ada.username)).toBe(looks[0])
})

test('login: Tab leads from the user name to the password, also without scripts', async ({
  page,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  for (const path of ['/login', '/plain/login']) {
    await page.context().clearCookies()
    await page.goto(path)
    await page.getByLabel('User name').focus()
    await page.keyboard.type(ada.username)
    await page.keyboard.press('Tab')
    await page.keyboard.type(ada.password)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(path === '/login' ? '/' : /\/plain\?/)
  }
})

test('sign-up: shows errors at the field and in a summary, and keeps the input', async ({ page }) => {
  const ada = newCredentials('ada')
  const summary = page.getByRole('alert')
  await page.goto('/signup')
  await button(page, 'Sign up').click()
  await expect(summary).toBeFocused()
  await expect(summary).toHaveText('Please check 2 fields: User name, Password')
  await expect(summary.getByRole('link')).toHaveText(['User name', 'Password'])
  await expect(page.getByLabel('User name')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('User name')).toHaveAccessibleDescription(/Enter a user name\.$/)

  // A link of the summary moves the focus to its field, without an entry in the browser history.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused()
  await expect(page).toHaveURL('/signup')

  // After the first submit a field shows its error while the user types.
  await page.keyboard.type('short')
  const tooShort = 'Password is too short: at least 8 characters.'
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(new RegExp(tooShort))
  await expect(summary).toHaveText('Please check 2 fields: User name, Password')
  await page.keyboard.type('er no more')
  await expect(page.getByLabel('Password', { exact: true })).not.toHaveAttribute('aria-invalid')
  await expect(summary).toHaveText('Please check one field: User name')

  await page.getByLabel('User name').fill(ada.username)
  await page.getByLabel('Name (optional)').fill('Ada')
  await page.getByLabel('Password', { exact: true }).fill('password1')
  await page.keyboard.press('Enter')
  const common = 'This password is common and easy to guess. Choose another one.'
  await expect(summary).toBeFocused()
  await expect(summary).toHaveCSS('outline-style', 'solid')
  await expect(summary).toHaveText('Please check one field: Password')
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(new RegExp(common))
  await expect(page.getByLabel('User name')).toHaveValue(ada.username)
  await expect(page.getByLabel('Name (optional)')).toHaveValue('Ada')

  await page.getByLabel('Password', { exact: true }).fill(ada.password)
  await button(page, 'Sign up').click()
  await expect(title(page)).toHaveText(startTitle)
})

test('sign-up: a double click, and a submit by a password manager, send one request', async ({ page }) => {
  const sent: string[] = []
  const release = Promise.withResolvers<void>()
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(new URL(request.url()).pathname)
  })
  // The response is delayed until both clicks were made.
  await page.route('**/trpc/*', async (route) => {
    if (route.request().method() === 'POST') await release.promise
    await route.continue()
  })
  const ada = newCredentials('ada')

  await page.goto('/signup')
  await page.getByLabel('User name').fill(ada.username)
  await page.getByLabel('Password', { exact: true }).fill(ada.password)
  await button(page, 'Sign up').dblclick()
  await expect(button(page, 'Sign up')).toHaveAttribute('aria-busy', 'true')
  // A password manager submits without the button.
  await submitWithoutButton(page.getByRole('form', { name: 'Sign up' }))
  release.resolve()
  await expect(title(page)).toHaveText(startTitle)
  expect(sent).toEqual(['/trpc/auth.signup'])
})

test('login: remember me keeps the session cookie for 14 days', async ({ page, context, server }) => {
  const ada = await signUp(page, server, 'ada')
  await context.clearCookies()
  await page.goto('/login')
  await page.getByLabel('Remember me on this device').check()
  await logIn(page, ada)
  await expect(title(page)).toHaveText(startTitle)
  const session = (await context.cookies()).find(({ name }) => name.startsWith('session'))
  expect(((session?.expires ?? 0) - Date.now() / 1_000) / 86_400).toBeCloseTo(14, 1)
})

test("sign-up: names the password length of the server's settings only", async ({ page, servers }) => {
  const server = await servers.acquire({ PASSWORD_MIN: '15' })
  await page.goto(`${server.url}/signup`)
  await expect(page.getByLabel('Password', { exact: true })).not.toHaveAccessibleDescription(/\b8\b/)
  await page.getByLabel('User name').fill('ada')
  await page.getByLabel('Password', { exact: true }).fill('five hats')
  await button(page, 'Sign up').click()
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(
    /at least 15 characters/,
  )
})
