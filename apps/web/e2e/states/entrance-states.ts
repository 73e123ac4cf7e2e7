import { expect } from '@playwright/test'

import { button, logIn, title } from '../setup/forms.ts'
import { somebody } from '../setup/people.ts'
import type { State } from './state.ts'

/** What strangers see. */
export const entranceStates: State[] = [
  {
    name: 'welcome',
    async open(page) {
      await page.goto('/')
      await expect(title(page)).toHaveText('Welcome to Latchkey')
    },
  },
  {
    name: 'sign-up',
    async open(page) {
      await page.goto('/signup')
      await expect(title(page)).toHaveText('Sign up')
    },
  },
  {
    name: 'sign-up-with-errors',
    async open(page) {
      await page.goto('/signup')
      await page.getByLabel('User name').fill('a b')
      await page.getByLabel('Password', { exact: true }).fill('short')
      await page.getByLabel('E-mail (optional)').fill('nowhere')
      await button(page, 'Sign up').click()
      await expect(page.locator('[aria-invalid=true]')).toHaveCount(3)
    },
  },
  {
    name: 'log-in',
    async open(page) {
      await page.goto('/login')
      await expect(title(page)).toHaveText('Log in')
    },
  },
  {
    name: 'log-in-asked-for',
    async open(page) {
      await page.goto('/account')
      await expect(page.getByRole('status')).toHaveText('Log in to continue.')
      await expect(title(page)).toHaveText('Log in')
    },
  },
  {
    name: 'log-in-failed',
    async open(page) {
      await page.goto('/login')
      await logIn(page, somebody('nobody'))
      await expect(page.getByRole('alert')).toHaveText('Wrong user name or password.')
    },
  },
  {
    name: 'not-found',
    complaint: /status of 404 .*\/nothing\/here/,
    async open(page) {
      await page.goto('/nothing/here')
      await expect(title(page)).toHaveText('Page not found')
    },
  },
]
