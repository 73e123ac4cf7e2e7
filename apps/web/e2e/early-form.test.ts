import type { Page } from '@playwright/test'
import { signUp } from './setup/actors.ts'
import { button, logIn, title } from './setup/forms.ts'
import { removeRoutes } from './setup/remove-routes.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'

interface EarlyWindow {
  earlyForm?: { elements: Record<string, HTMLInputElement> }
}

/** Opens a page whose app does not load until `release` is called. */
async function openEarly(page: Page, path: string) {
  const app = Promise.withResolvers<void>()
  await page.route('**/assets/main-*.js', (route) => app.promise.then(() => route.continue()))
  await page.goto(path, { waitUntil: 'commit' })
  await expect(page.locator('.app-early-form')).toBeVisible()
  return { release: () => app.resolve() }
}

test('early form: a log-in submitted before the app has loaded is sent when it has', async ({
  page,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  await page.context().clearCookies()
  const { release } = await openEarly(page, '/login')
  await logIn(page, ada)
  await expect(button(page, 'Log in')).toHaveAttribute('aria-busy', 'true')
  await expect(page).toHaveURL('/login')
  release()
  await expect(title(page)).toHaveText(startTitle)
})

test('early form: Tab leads from the user name to the password', async ({ page }) => {
  const { release } = await openEarly(page, '/login')
  await expect(page.getByLabel('User name')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Password')).toBeFocused()
  release()
})

test('early form: what was typed, the check box and the caret stay when the app replaces it', async ({
  page,
}) => {
  const { release } = await openEarly(page, '/signup')
  await page.keyboard.type('adaa')
  await page.keyboard.press('ArrowLeft')
  await page.getByLabel('Password').fill('correct horse battery staple')
  await page.getByLabel('Remember me').check()
  await page.getByLabel('User name').focus()
  release()
  await expect(page.getByText('Very hard to guess.')).toBeVisible()
  await expect(page.getByLabel('User name')).toBeFocused()
  await page.keyboard.type('d')
  await expect(page.getByLabel('User name')).toHaveValue('adada')
  await expect(page.getByLabel('Password')).toHaveValue('correct horse battery staple')
  await expect(page.getByLabel('Remember me')).toBeChecked()
})

test('early form: a focus that moves while the app renders stays where it went', async ({ page }) => {
  // React posts a message before each of its steps.
  await page.addInitScript(() => {
    const post = MessagePort.prototype.postMessage
    let steps = 0
    MessagePort.prototype.postMessage = function (this: MessagePort, ...args: [unknown]) {
      const { username, password } = (window as EarlyWindow).earlyForm?.elements ?? {}
      const field = (steps += 1) % 2 === 0 ? username : password
      if (field?.isConnected) {
        field.focus()
        document.documentElement.dataset['focused'] = field.name
      }
      return post.apply(this, args)
    } as typeof post
  })
  const { release } = await openEarly(page, '/login')
  release()
  await expect(button(page, 'Show password')).toBeVisible()
  const last = await page.locator('html').getAttribute('data-focused')
  await expect(page.locator(`input[name=${last}]`)).toBeFocused()
})

test('early form: a wrong password shows its error, and the password is not in the address', async ({
  page,
}) => {
  const { release } = await openEarly(page, '/login?redirectTo=%2Faccount')
  await logIn(page, { username: 'unknown', password: 'wrong password' })
  release()
  await expect(page.getByRole('alert')).toContainText('Wrong user name or password.')
  await expect(page).toHaveURL('/login?redirectTo=%2Faccount')
})

test('early form: a password manager that submits it sends nothing in the address', async ({ page }) => {
  for (const path of ['/login', '/signup']) {
    await removeRoutes(page)
    await openEarly(page, path)
    await page.getByLabel('User name').fill('ada')
    await page.getByLabel('Password').fill('five hats on a quiet shelf')
    const sent = page.waitForRequest((request) => request.isNavigationRequest())
    // Without a submit event.
    await page.locator('.app-early-form').evaluate((form: HTMLFormElement) => form.submit())
    expect((await sent).method()).toBe('POST')
    await expect(page).toHaveURL(`${path}?form=unsent`)
  }
})

test('early form: its link to the other form leads back to the requested page', async ({ page }) => {
  for (const [path, name] of [
    ['/login', 'Sign up'],
    ['/signup', 'Log in'],
  ] as const) {
    await removeRoutes(page)
    const { release } = await openEarly(page, `${path}?redirectTo=%2Faccount`)
    const link = page.getByRole('main').getByRole('link', { name })
    const target = () => link.evaluate((element: HTMLAnchorElement) => element.href)
    const early = await target()
    expect(early).toContain('?redirectTo=%2Faccount')
    release()
    await expect(button(page, 'Show password')).toBeVisible()
    expect(await target()).toBe(early)
  }
})

test('early form: disappears when the app cannot be loaded', async ({ page, pageErrors }) => {
  pageErrors.allow(/./)
  await page.route('**/assets/main-*.js', (route) => route.fulfill({ status: 404 }))
  await page.goto('/login')
  await expect(page.getByRole('heading', { name: 'This page cannot be shown' })).toBeVisible()
  await expect(page.getByLabel('User name')).toHaveCount(0)
})
