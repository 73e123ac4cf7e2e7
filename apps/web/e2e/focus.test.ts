import { product } from '@app/contract/product'
import { signupInput } from '@app/contract/testing'
import { accessibilityViolations } from './setup/accessibility.ts'
import { call, newCredentials, signUp } from './setup/actors.ts'
import { logInAsAdmin } from './setup/admins.ts'
import { delayResponses } from './setup/delay-responses.ts'
import { button, lockScreen, title } from './setup/forms.ts'
import { intercept } from './setup/intercept.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'
import { withoutEventStream } from './setup/without-event-stream.ts'

test('focus: moves to the heading when a successful retry removes its button', async ({
  page,
  server,
  pageErrors,
}) => {
  pageErrors.allow(/net::ERR_FAILED/)
  // Without the event stream, no event causes another request.
  await withoutEventStream(page)
  await signUp(page, server, 'ada')
  for (const [procedure, path, name] of [
    // A part of the page fails, or the whole page.
    ['sessions.list', '/account/sessions', 'Sessions'],
    ['auth.session', '/account', 'Profile'],
  ] as const) {
    const restore = await intercept(page, `*/trpc/*${procedure}*`, 'fail')
    await page.goto(path)
    await button(page, 'Try again').focus()
    await restore()
    await page.keyboard.press('Enter')
    await expect(button(page, 'Try again')).toBeHidden()
    await expect(title(page)).toHaveText(name)
    await expect(title(page)).toBeFocused()
  }
})

test('focus: the first field of a form that is opened directly has it', async ({ page }) => {
  for (const [path, label] of [
    ['/login', 'User name'],
    ['/signup', 'User name'],
    ['/forgot-password', 'User name or email'],
  ] as const) {
    await page.goto(path)
    await expect(page.getByLabel(label)).toBeFocused()
    expect(await accessibilityViolations(page)).toEqual([])
  }
  // After a navigation the heading has it, as on all pages.
  await page.getByRole('link', { name: 'Sign up', exact: true }).first().click()
  await expect(title(page)).toHaveText('Sign up')
  await expect(title(page)).toBeFocused()
})

test('focus: stays where the user moved it before the form arrived', async ({ page }) => {
  const release = await delayResponses(page, /\/assets\/forgot-password-.*\.js$/)
  await page.goto('/forgot-password', { waitUntil: 'commit' })
  const logIn = page.getByRole('banner').getByRole('link', { name: 'Log in' })
  await logIn.focus()
  release()
  await expect(page.getByLabel('User name or email')).toBeVisible()
  await expect(logIn).toBeFocused()
})

test('focus: moves to the first filter when “Clear filters” of an empty audit is removed', async ({
  page,
  server,
}) => {
  await logInAsAdmin(page, server)
  await page.goto('/audit?user=unknown')
  await expect(page.getByRole('heading', { name: 'No events found' })).toBeVisible()
  await button(page, 'Clear filters').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: 'Events' })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'User' })).toBeFocused()
})

test('focus: moves to the welcome heading when the user leaves a locked start page', async ({
  page,
  context,
  server,
}) => {
  await signUp(page, server, 'ada')
  await page.goto('/')
  await expect(title(page)).toHaveText(startTitle)
  // The first page of a document does not move the focus.
  await expect(title(page)).not.toBeFocused()
  await context.clearCookies()
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await button(lockScreen(page), 'Leave this page').click()
  await expect(title(page)).toHaveText(`Welcome to ${product.name}`)
  await expect(title(page)).toBeFocused()
})

test('focus: moves to the “You cannot open this page” page when an admin is demoted', async ({
  page,
  openBrowser,
  server,
}) => {
  const demoted = await openBrowser()
  const { user } = await call(demoted, server, 'auth.signup', signupInput(newCredentials('ben')))
  await logInAsAdmin(page, server)
  await call(page, server, 'users.setRole', { id: user.id, role: 'admin' })
  await demoted.goto('/audit')
  await demoted.getByRole('combobox', { name: 'User' }).focus()
  await call(page, server, 'users.setRole', { id: user.id, role: 'user' })
  await expect(title(demoted)).toHaveText('You cannot open this page')
  await expect(title(demoted)).toBeFocused()
})
