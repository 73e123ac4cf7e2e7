import { pagePaths } from '@app/contract'
import type { PagePath } from '@app/contract'
import { product } from '@app/contract/product'
import { signUp } from './setup/actors.ts'
import { openAccount, openAccountMenu, title } from './setup/forms.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'
import { reactAndDomText, translatePages } from './setup/translate.ts'

interface Titles {
  signedOut: string
  signedIn: string
}

/** The heading of each page when its URL is opened directly. */
const titles: Record<PagePath, Titles> = {
  '/': { signedOut: `Welcome to ${product.name}`, signedIn: startTitle },
  '/notes/:id': { signedOut: 'Log in', signedIn: 'Note not found' },
  '/login': { signedOut: 'Log in', signedIn: startTitle },
  '/signup': { signedOut: 'Sign up', signedIn: startTitle },
  '/welcome': { signedOut: 'This sign-up has ended', signedIn: startTitle },
  '/forgot-password': { signedOut: 'Forgot your password?', signedIn: startTitle },
  '/reset-password': { signedOut: 'This link does not work', signedIn: 'This link does not work' },
  '/reset-factors': { signedOut: 'This link does not work', signedIn: 'You are logged in' },
  '/verify-email': { signedOut: 'This link does not work', signedIn: 'This link does not work' },
  '/invitation': { signedOut: 'This invitation does not work', signedIn: 'You already have an account' },
  '/users': { signedOut: 'Log in', signedIn: 'Users' },
  '/invitations': { signedOut: 'Log in', signedIn: 'You cannot open this page' },
  '/audit': { signedOut: 'Log in', signedIn: 'You cannot open this page' },
  '/account': { signedOut: 'Log in', signedIn: 'Profile' },
  '/account/email': { signedOut: 'Log in', signedIn: 'Email' },
  '/account/password': { signedOut: 'Log in', signedIn: 'Password' },
  '/account/security': { signedOut: 'Log in', signedIn: 'Security' },
  '/account/sessions': { signedOut: 'Log in', signedIn: 'Sessions' },
  '/account/tokens': { signedOut: 'Log in', signedIn: 'Access tokens' },
  '/account/activity': { signedOut: 'Log in', signedIn: 'Activity' },
  '/account/data': { signedOut: 'Log in', signedIn: 'Your data' },
}

test('routes: every page opens by its URL, also in a browser that translates', async ({ page, server }) => {
  await translatePages(page)
  for (const viewer of ['signedOut', 'signedIn'] as const) {
    if (viewer === 'signedIn') await signUp(page, server, 'ada')
    for (const path of pagePaths) {
      const response = await page.goto(path.replace(':id', '01a00000-0000-7000-8000-000000000000'))
      expect(response?.status(), path).toBe(200)
      await expect(title(page), `${path} ${viewer}`).toHaveText(titles[path][viewer])
      await expect(page).toHaveTitle(`${titles[path][viewer]} · ${product.name}`)
      // Every page that needs a session has a log-out in its account menu (ASVS 5.0 V7.4.4).
      if (viewer === 'signedIn') {
        const menu = await openAccountMenu(page)
        await expect(menu.getByRole('button', { name: 'Log out' })).toBeVisible()
        await page.keyboard.press('Escape')
      } else await expect(page.getByRole('button', { name: /^Account menu/ })).toHaveCount(0)
      const { react, dom } = await reactAndDomText(page)
      expect(dom, path).toBe(react)
    }
  }
})

test('routes: an unknown URL shows a page with status 404 and a link to the start page', async ({
  page,
  pageErrors,
}) => {
  pageErrors.allow(/status of 404 .*\/nothing\/here/)
  const response = await page.goto('/nothing/here')
  expect(response?.status()).toBe(404)
  await expect(title(page)).toHaveText('Page not found')
  await page.getByRole('link', { name: 'Go to the start page' }).click()
  await expect(title(page)).toHaveText(`Welcome to ${product.name}`)
})

test('routes: only users see the version, which tells attackers what to try', async ({ page, server }) => {
  const version = page.getByRole('contentinfo').getByText(/^Version \d/)
  await page.goto('/login')
  await expect(page.getByRole('contentinfo').getByRole('group', { name: 'Theme' })).toBeVisible()
  await expect(version).toHaveCount(0)
  await signUp(page, server, 'ada')
  await page.goto('/')
  await expect(version).toBeVisible()
})

test('session: a reload keeps the user logged in, and scripts cannot read the cookies', async ({
  page,
  context,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  await page.goto('/account')
  await page.reload()
  await expect(page.getByRole('region', { name: 'Account' })).toContainText(ada.username)

  const cookies = await context.cookies()
  expect(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))).toContainEqual({
    name: `session-${new URL(server.url).port}`,
    httpOnly: true,
    sameSite: 'Lax',
  })
  expect(cookies.every(({ httpOnly }) => httpOnly)).toBe(true)
  expect(await page.evaluate(() => document.cookie)).toBe('')
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
})

test('routes: back and forward of the browser change the page', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  await page.goto('/')
  await page.getByRole('link', { name: 'Users' }).click()
  await expect(title(page)).toHaveText('Users')
  await openAccount(page)
  await expect(title(page)).toHaveText('Profile')
  await page.goBack()
  await expect(title(page)).toHaveText('Users')
  await page.goBack()
  await expect(title(page)).toHaveText(startTitle)
  await page.goForward()
  await expect(title(page)).toHaveText('Users')
})
