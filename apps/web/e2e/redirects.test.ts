import { newCredentials, signUp } from './setup/actors.ts'
import { button, logIn, title } from './setup/forms.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'

const foreignTargets = [
  '//evil.example',
  'https://evil.example',
  String.raw`/\evil.example`,
  'javascript:document.title="evil"',
  String.raw`\\evil.example`,
  '/.//evil.example',
  '/\t/evil.example',
  'data:text/html,evil',
]

/** The URLs outside the server that the page requested or navigated to. */
let foreignUrls: string[]

test.beforeEach(({ page, server }) => {
  foreignUrls = []
  const record = (url: string) => {
    if (!url.startsWith(`${server.url}/`) && url !== 'about:blank') foreignUrls.push(url)
  }
  page.on('request', (request) => record(request.url()))
  page.on('framenavigated', (frame) => record(frame.url()))
})

test('redirect check: log-in never redirects to another origin', async ({ page, openBrowser, server }) => {
  const ada = await signUp(await openBrowser(), server, 'ada')
  for (const target of foreignTargets.slice(0, 4)) {
    await page.goto(`/login?redirectTo=${encodeURIComponent(target)}`)
    await logIn(page, ada)
    await expect(title(page), target).toHaveText(startTitle)
    await expect(page, target).toHaveURL('/')
    await page.context().clearCookies()
  }
  expect(foreignUrls).toEqual([])
})

test('redirect check: a logged-in user is never redirected to another origin', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  for (const [index, target] of foreignTargets.entries()) {
    const form = index % 2 === 0 ? '/login' : '/signup'
    await page.goto(`${form}?redirectTo=${encodeURIComponent(target)}`)
    await expect(page, target).toHaveURL('/')
  }
  expect(foreignUrls).toEqual([])
})

test('redirect check: sign-up returns to a page of this origin with its query and hash', async ({
  page,
  server,
}) => {
  await page.goto('/users?search=ad#top')
  await expect(page).toHaveURL(`/login?redirectTo=${encodeURIComponent('/users?search=ad#top')}`)
  await page.getByRole('main').getByRole('link', { name: 'Sign up' }).click()
  await expect(title(page)).toHaveText('Sign up')
  const ada = newCredentials('ada')
  await page.getByLabel('User name').fill(ada.username)
  await page.getByLabel('Password', { exact: true }).fill(ada.password)
  await button(page, 'Sign up').click()
  await expect(page).toHaveURL(`${server.url}/users?search=ad#top`)
})

test('redirect: kept between log-in and sign-up, over a reload and a failed log-in', async ({
  page,
  openBrowser,
  server,
}) => {
  const ada = await signUp(await openBrowser(), server, 'ada')
  await page.goto('/account/sessions')
  const back = `redirectTo=${encodeURIComponent('/account/sessions')}`
  await expect(page).toHaveURL(`/login?${back}`)
  const main = page.getByRole('main')
  await main.getByRole('link', { name: 'Sign up' }).click()
  await expect(page).toHaveURL(`/signup?${back}`)
  await page.reload()
  await main.getByRole('link', { name: 'Log in' }).click()
  await expect(page).toHaveURL(`/login?${back}`)
  await logIn(page, { ...ada, password: 'not the password of ada' })
  await expect(page.getByRole('alert')).toBeVisible()
  await logIn(page, ada)
  await expect(page).toHaveURL('/account/sessions')
  await expect(title(page)).toHaveText('Sessions')
})

test("redirect: the header's sign-up link returns to the page that required the log-in", async ({
  page,
  server,
}) => {
  await page.goto('/users?search=ad')
  await expect(title(page)).toHaveText('Log in')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sign up' }).click()
  const ada = newCredentials('ada')
  await page.getByLabel('User name').fill(ada.username)
  await page.getByLabel('Password', { exact: true }).fill(ada.password)
  await button(page, 'Sign up').click()
  await expect(page).toHaveURL(`${server.url}/users?search=ad`)
})
