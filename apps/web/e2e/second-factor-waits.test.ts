import { signUp } from './setup/actors.ts'
import { button, logIn, logOut } from './setup/forms.ts'
import { codeField, setUpAuthenticator, wrongCodeOf } from './setup/second-factor.ts'
import { expect, test } from './setup/test.ts'

test('second factor: after too many wrong codes, the button counts down', async ({ page, servers }) => {
  const server = await servers.acquire({ LIMITS: 'default' })
  const ada = await signUp(page, server, 'ada')
  const { secret } = await setUpAuthenticator(page, server.url)
  await logOut(page)
  await page.goto(`${server.url}/login`)
  await logIn(page, ada)
  const submit = page.getByRole('form', { name: 'Confirm it is you' }).locator('[type=submit]')
  for (let count = 0, status = 0; status !== 429; count += 1) {
    expect(count).toBeLessThan(20)
    const answered = page.waitForResponse('**/trpc/auth.secondFactor')
    // Each code is sent by itself once.
    await codeField(page).fill(await wrongCodeOf(secret, count))
    status = (await answered).status()
    await expect(submit).toHaveAttribute('aria-busy', 'false')
  }
  await expect(submit.getByText(/^Try again in \d+:\d\d/)).toBeVisible()
  await expect(submit).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByRole('alert')).toContainText('Try again in')
  // A recovery code has the same wait, and the log-in can be left.
  await button(page, 'Start again').click()
  await expect(page.getByLabel('User name')).toHaveValue(ada.username)
})

test('passkeys: at another name of the server, the page names the address where they work', async ({
  page,
  server,
}) => {
  const elsewhere = server.url.replace('localhost', '127.0.0.1')
  expect(elsewhere).not.toBe(server.url)
  await signUp(page, { ...server, url: elsewhere }, 'ada')
  await page.goto(`${elsewhere}/account/security`)
  await expect(
    page.getByText(`Passkeys work at ${server.url}. Open this page there to add one.`),
  ).toBeVisible()
  await expect(button(page, 'Add a passkey')).toHaveCount(0)

  await page.context().clearCookies()
  await page.goto(`${elsewhere}/login`, { waitUntil: 'networkidle' })
  await expect(button(page, 'Log in')).toBeVisible()
  await expect(button(page, 'Log in with a passkey')).toHaveCount(0)
})
