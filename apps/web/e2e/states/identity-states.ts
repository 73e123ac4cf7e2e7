import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { signUp } from '../setup/actors.ts'
import { changeRows } from '../setup/change-rows.ts'
import { button, title } from '../setup/forms.ts'
import { fulfillCalls } from '../setup/fulfill-calls.ts'
import type { Server } from '../setup/start-server.ts'
import type { States } from './state.ts'

/** GitHub needs no discovery, so no state asks another server. */
const settings = { OIDC_GITHUB_CLIENT_ID: 'client', OIDC_GITHUB_CLIENT_SECRET: 'a-client-secret-of-tests' }

/** Opens the Security page of a user with a linked account. */
async function openLinked(page: Page, server: Server) {
  const { username } = await signUp(page, server, 'ada')
  changeRows(
    server,
    `insert into identities (id, user_id, provider, issuer, subject, name, created_at)
     select '01a00000-0000-7000-8000-' || substr(id, -12), id, 'github', 'https://github.com', id, 'octocat', 1
     from users where username = ?`,
    username,
  )
  await page.goto(`${server.url}/account/security`)
  await expect(page.getByRole('list', { name: 'Linked accounts' })).toBeVisible()
}

/** Log-in, sign-up and linking with outside identities. */
export const identityStates: States = {
  'log-in-with-providers': {
    settings,
    async open(page, { url }) {
      await page.goto(`${url}/login`)
      await expect(page.getByRole('link', { name: 'Continue with GitHub' })).toBeVisible()
    },
  },
  'log-in-without-passwords': {
    settings: { ...settings, PASSWORD_LOGIN: 'off' },
    async open(page, { url }) {
      await page.goto(`${url}/login`)
      await expect(page.getByRole('link', { name: 'Continue with GitHub' })).toBeVisible()
      await expect(page.getByLabel('Password')).toHaveCount(0)
    },
  },
  'sign-up-without-passwords': {
    settings: { ...settings, PASSWORD_LOGIN: 'off' },
    async open(page, { url }) {
      await page.goto(`${url}/signup`)
      await expect(page.getByText('Accounts here are opened with')).toBeVisible()
    },
  },
  'log-in-provider-error': {
    settings,
    async open(page, { url }) {
      await page.goto(`${url}/login?provider-error=cancelled`)
      await expect(page.getByRole('status').first()).toHaveText(
        'You cancelled at the provider. Nothing has changed.',
      )
    },
  },
  'choose-user-name': {
    settings,
    async open(page, { url }) {
      const data = {
        provider: { name: 'github', label: 'GitHub' },
        username: 'octocat',
        isFixed: false,
        name: 'Mona Lisa Octocat',
        email: null,
      }
      await fulfillCalls(page, 'identities.pending', { status: 200, json: { result: { data } } })
      await page.goto(`${url}/welcome`)
      await expect(page.getByLabel('User name')).toHaveValue('octocat')
    },
  },
  'sign-up-by-provider-ended': async (page) => {
    await page.goto('/welcome')
    await expect(title(page)).toHaveText('This sign-up has ended')
  },
  'linked-account': {
    settings,
    async open(page, server) {
      await openLinked(page, server)
      await expect(button(page, 'Link GitHub')).toBeVisible()
    },
  },
  'linked-account-unlink': {
    settings,
    async open(page, server) {
      await openLinked(page, server)
      await page.getByRole('button', { name: /^Unlink/ }).click()
      await expect(page.getByRole('dialog', { name: 'Unlink GitHub?' })).toBeVisible()
    },
  },
}
