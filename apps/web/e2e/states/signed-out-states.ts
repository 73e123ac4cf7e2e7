import { product } from '@app/contract/product'
import { signupInput } from '@app/contract/testing'
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { newCredentials, signUp } from '../setup/actors.ts'
import type { Credentials } from '../setup/actors.ts'
import { blockCookies } from '../setup/block-cookies.ts'
import { failCalls } from '../setup/fail-calls.ts'
import { button, logIn, title } from '../setup/forms.ts'
import { intercept } from '../setup/intercept.ts'
import type { Server } from '../setup/start-server.ts'
import type { States } from './state.ts'

async function submitSignUp(page: Page, { url }: Server, { username, password }: Credentials) {
  await page.goto(`${url}/signup`)
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await button(page, 'Sign up').click()
}

/** The pages of a signed-out user. */
export const signedOutStates: States = {
  welcome: async (page) => {
    await page.goto('/')
    await expect(title(page)).toHaveText(`Welcome to ${product.name}`)
  },
  'sign-up': async (page) => {
    await page.goto('/signup')
    await expect(title(page)).toHaveText('Sign up')
  },
  'sign-up-with-errors': async (page) => {
    await page.goto('/signup')
    await page.getByLabel('User name').fill('a b')
    await page.getByLabel('Password', { exact: true }).fill('short')
    await page.getByLabel('Email (optional)').fill('nowhere')
    await button(page, 'Sign up').click()
    await expect(page.locator('[aria-invalid=true]')).toHaveCount(3)
  },
  'sign-up-corrected': async (page) => {
    await page.goto('/signup')
    await page.getByLabel('User name').fill('a b')
    await page.getByLabel('Password', { exact: true }).fill('short')
    await button(page, 'Sign up').click()
    await page.getByLabel('User name').fill('ada')
    await expect(page.getByRole('alert')).toHaveText('Please check one field: Password')
  },
  'log-in-native-submit': async (page) => {
    await page.goto('/login?form=unsent')
    await expect(page.getByRole('status').first()).toContainText('Nothing was sent.')
  },
  'log-in-without-cookies': async (page, server) => {
    const ada = await signUp(page, server, 'ada')
    await blockCookies(page)
    await page.context().clearCookies()
    await page.goto('/login')
    await logIn(page, ada)
    await expect(page.getByRole('alert')).toContainText('Allow cookies for this site')
  },
  'sign-up-taken': async (page, server) => {
    const ada = newCredentials('ada')
    await page.request.post(`${server.url}/trpc/auth.signup`, { data: signupInput(ada) })
    await page.context().clearCookies()
    await submitSignUp(page, server, ada)
    await expect(page.getByLabel('User name')).toHaveAccessibleDescription(/This user name is taken\./)
  },
  'sign-up-closed': {
    settings: { SIGNUP: 'closed' },
    async open(page, { url }) {
      await page.goto(`${url}/signup`)
      await expect(title(page)).toHaveText('Sign-up is closed')
    },
  },
  'log-in': async (page) => {
    await page.goto('/login')
    await expect(title(page)).toHaveText('Log in')
  },
  'log-in-required': async (page) => {
    await page.goto('/account')
    await expect(page.getByRole('status')).toHaveText('Log in to continue.')
    await expect(title(page)).toHaveText('Log in')
  },
  'log-in-failed': async (page) => {
    await page.goto('/login')
    await logIn(page, newCredentials('unknown'))
    await expect(page.getByRole('alert')).toHaveText('Wrong user name or password.')
  },
  'log-in-pending': async (page) => {
    await intercept(page, '*/trpc/auth.login', 'hold')
    await page.goto('/login')
    await logIn(page, newCredentials('ada'))
    await expect(button(page, 'Log in')).toHaveAttribute('aria-busy', 'true')
  },
  'log-in-busy': {
    allowedErrors: /status of 503/,
    async open(page) {
      await failCalls(page, 'auth.login', { reason: 'BUSY', retryAfterSeconds: 12 })
      // Freezes the countdown for the picture.
      await page.clock.setFixedTime(Date.now())
      await page.goto('/login')
      await logIn(page, newCredentials('ada'))
      const alert = page.getByRole('alert')
      await expect(alert).toContainText('Too many users are logging in right now.')
      await expect(page.getByText('Try again in 0:12', { exact: true })).toBeVisible()
    },
  },
  'not-found': {
    allowedErrors: /status of 404 .*\/nothing\/here/,
    async open(page) {
      await page.goto('/nothing/here')
      await expect(title(page)).toHaveText('Page not found')
    },
  },
}
