import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { call, signUp } from '../setup/actors.ts'
import { findUser, logInAsAdmin } from '../setup/admins.ts'
import { changeRows } from '../setup/change-rows.ts'
import { button, title } from '../setup/forms.ts'
import type { Server } from '../setup/start-server.ts'
import { unreachable } from './list-states.ts'
import type { States } from './state.ts'

/** Opens the page of the access tokens of a new user, who has two. */
async function openTokens(page: Page, server: Server) {
  const ada = await signUp(page, server, 'ada')
  await call(page, server, 'tokens.create', { name: 'Backup', scopes: ['account:read'] })
  await call(page, server, 'tokens.create', {
    name: 'A program with a long name, which reads everything that it can',
    scopes: ['account:write', 'users:read'],
    expiresInDays: 365,
  })
  await page.goto(`${server.url}/account/tokens`)
  await expect(page.getByRole('list', { name: 'Access tokens' })).toBeVisible()
  return ada
}

/** Opens the form for a new token. */
async function openForm(page: Page) {
  await button(page, 'New token').click()
  return page.getByRole('form', { name: 'New access token' })
}

async function createToken(page: Page) {
  const form = await openForm(page)
  await form.getByLabel('Name').fill('Backup')
  await form.getByLabel('Read your profile').check()
  await button(form, 'Create token').click()
}

/** The access tokens of the viewer, and those of another user for admins. */
export const tokenStates: States = {
  'tokens-none': async (page, server) => {
    await signUp(page, server, 'ada')
    await page.goto('/account/tokens')
    await expect(page.getByRole('heading', { name: 'No access tokens' })).toBeVisible()
  },
  'tokens-with-errors': async (page, server) => {
    await signUp(page, server, 'ada')
    await page.goto('/account/tokens')
    const form = await openForm(page)
    await form.getByLabel('Valid for how many days').fill('400')
    await button(form, 'Create token').click()
    await expect(form.getByText('Please check 3 fields')).toBeVisible()
    await expect(form.getByText('Choose what the token may do.')).toBeVisible()
  },
  'token-created': async (page, server) => {
    await signUp(page, server, 'ada')
    await page.goto('/account/tokens')
    await createToken(page)
    await expect(page.getByRole('group', { name: 'New token' })).toBeFocused()
    await expect(page.getByRole('list', { name: 'Access tokens' })).toBeVisible()
  },
  tokens: async (page, server) => {
    const { username } = await openTokens(page, server)
    const ofUser = '(select id from users where username = ?)'
    changeRows(
      server,
      `update access_tokens set expires_at = created_at - 1, last_used_at = created_at - 86400000 where name = 'Backup' and user_id = ${ofUser}`,
      username,
    )
    await page.reload()
    await expect(page.getByText('Expired', { exact: true }).first()).toBeVisible()
  },
  'token-menu': async (page, server) => {
    await openTokens(page, server)
    await button(page, 'Manage token Backup').click()
    await expect(button(page, 'Revoke')).toBeVisible()
  },
  'token-not-copied': async (page, server) => {
    await signUp(page, server, 'ada')
    await page.goto('/account/tokens')
    await createToken(page)
    await button(page, 'Done').click()
    await expect(page.getByRole('dialog')).toContainText('It is not shown again.')
  },
  'token-revoke': async (page, server) => {
    await openTokens(page, server)
    await button(page, 'Manage token Backup').click()
    await button(page, 'Revoke').click()
    await expect(page.getByRole('dialog', { name: 'Revoke the token Backup?' })).toBeVisible()
  },
  'token-events': async (page, server) => {
    await openTokens(page, server)
    await button(page, 'Manage token Backup').click()
    await page.getByRole('link', { name: 'Show its events' }).click()
    await expect(page.getByRole('list', { name: 'Activity' })).toBeVisible()
  },
  'token-events-in-audit-log': async (page, server) => {
    const { username } = await openTokens(page, server)
    await logInAsAdmin(page, server)
    await (await findUser(page, server, username)).click()
    await button(page, `Access tokens (${username})`).click()
    await button(page, 'Manage token Backup').click()
    await page.getByRole('link', { name: 'Show its events' }).click()
    await expect(page.getByRole('list', { name: 'Events' })).toBeVisible()
  },
  'tokens-failed': unreachable('tokens.list', '/account/tokens'),
  'tokens-of-user': async (page, server) => {
    const { username } = await openTokens(page, server)
    await logInAsAdmin(page, server)
    await (await findUser(page, server, username)).click()
    await button(page, `Access tokens (${username})`).click()
    await expect(page.getByRole('dialog').getByRole('list', { name: 'Access tokens' })).toBeVisible()
  },
  'tokens-of-user-none': async (page, server) => {
    const { username } = await signUp(page, server, 'ben')
    await logInAsAdmin(page, server)
    await (await findUser(page, server, username)).click()
    await button(page, `Access tokens (${username})`).click()
    await expect(page.getByRole('dialog')).toContainText('has no access tokens')
  },
  'tokens-of-admin': {
    settings: { ADMIN_TOKENS: 'on' },
    async open(page, server) {
      await logInAsAdmin(page, server)
      await page.goto(`${server.url}/account/tokens`)
      await expect(title(page)).toHaveText('Access tokens')
      await openForm(page)
      await expect(page.getByLabel('Read the audit log')).toBeVisible()
    },
  },
}
