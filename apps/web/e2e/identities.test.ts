import { call, signUp } from './setup/actors.ts'
import { expireSudo, logInAsFirstAdmin } from './setup/admins.ts'
import { button, logOut, title } from './setup/forms.ts'
import { codeField, codeOf, setUpAuthenticator } from './setup/second-factor.ts'
import { startProvider } from './setup/start-provider.ts'
import { startServer } from './setup/start-server.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'

test('outside identities: a user signs up by one, logs in with a second step, and keeps the last way in', async ({
  page,
  afterPages,
}) => {
  const provider = afterPages.use(await startProvider())
  const server = afterPages.use(await startServer(provider.settings))
  provider.register(server.url)
  const follow = () => page.getByRole('link', { name: 'Continue with Acme' }).click()

  await page.goto(`${server.url}/login`)
  await follow()
  await expect(page.getByLabel('User name')).toHaveValue('ada')
  await button(page, 'Create account').click()
  await expect(title(page)).toHaveText(startTitle)

  const { secret } = await setUpAuthenticator(page, server.url)
  await logOut(page)
  await page.goto(`${server.url}/login`)
  await follow()
  await codeField(page).fill(await codeOf(secret, 1))
  await expect(title(page)).toHaveText(startTitle)

  await page.goto(`${server.url}/account/security`)
  await page.getByRole('button', { name: /^Unlink/ }).click()
  await button(page.getByRole('dialog'), 'Unlink').click()
  await expect(page.getByRole('alert')).toHaveText(
    'This is the last way to log in to this account. Add another one first.',
  )
})

test('outside identities: an invited user signs up by one, and no other new user does', async ({
  page,
  afterPages,
}) => {
  const provider = afterPages.use(await startProvider())
  const server = afterPages.use(await startServer({ ...provider.settings, SIGNUP: 'invite' }))
  provider.register(server.url)
  const follow = () => page.getByRole('link', { name: 'Continue with Acme' }).click()
  await page.goto(`${server.url}/login`)
  await follow()
  await expect(title(page)).toHaveText('Sign-up needs an invitation')

  await logInAsFirstAdmin(page, server)
  const { link } = await call(page, server, 'invitations.create', {})
  await page.context().clearCookies()
  await page.goto(link ?? '')
  await expect(title(page)).toHaveText('You are invited')
  await follow()
  await expect(page.getByLabel('User name')).toHaveValue('ada')
  await button(page, 'Create account').click()
  await expect(title(page)).toHaveText(startTitle)
  await expect.poll(() => page.evaluate(() => sessionStorage.length)).toBe(0)
})

test('outside identities: a user links one, confirms with it, and unlinks it', async ({
  page,
  afterPages,
}) => {
  const provider = afterPages.use(await startProvider())
  const server = afterPages.use(await startServer(provider.settings))
  provider.register(server.url)
  const user = await signUp(page, server, 'ben')
  await page.goto(`${server.url}/account/security`)
  await button(page, 'Link Acme').click()
  const linked = page.getByRole('list', { name: 'Linked accounts' })
  await expect(linked.getByRole('listitem')).toContainText('Acme')

  expireSudo(server, user)
  await page.reload()
  const unlink = page.getByRole('button', { name: /^Unlink/ })
  await unlink.click()
  await button(page.getByRole('dialog'), 'Unlink').click()
  await page.getByRole('link', { name: 'Continue with Acme' }).click()
  await expect(title(page)).toHaveText('Security')
  await unlink.click()
  await button(page.getByRole('dialog'), 'Unlink').click()
  await expect(page.getByText('Acme unlinked.')).toBeVisible()
  await expect(linked).toHaveCount(0)
})
