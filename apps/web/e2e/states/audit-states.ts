import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { call, signUp } from '../setup/actors.ts'
import { chooseAction, findUser, logInAsAdmin } from '../setup/admins.ts'
import { button, title } from '../setup/forms.ts'
import type { Server } from '../setup/start-server.ts'
import { loading, unreachable } from './list-states.ts'
import type { States } from './state.ts'

async function openAudit(page: Page, server: Server, search = '') {
  await page.goto(`${server.url}/audit${search}`)
  await expect(title(page)).toHaveText('Audit log')
  await expect(page.getByRole('list', { name: 'Events' })).toBeVisible()
}

/** Signs up a user and removes it as admin, which records events of both. */
async function removeUser(page: Page, server: Server) {
  const spammer = await signUp(page, server, 'spammer')
  await logInAsAdmin(page, server)
  await findUser(page, server, spammer.username)
  await chooseAction(page, spammer.username, 'Remove')
  await button(page, 'Remove account').click()
  await expect(page.getByRole('cell', { name: /was removed/ })).toBeFocused()
}

function openEvent(page: Page, sentence: RegExp) {
  return page
    .getByRole('listitem')
    .filter({ hasText: sentence })
    .first()
    .getByRole('button', { name: /^Details: / })
    .click()
}

/** The audit page, for admins and for other users. */
export const auditStates: States = {
  audit: {
    settings: {},
    async open(page, server) {
      await removeUser(page, server)
      await openAudit(page, server)
    },
  },
  'audit-event': {
    settings: {},
    async open(page, server) {
      await removeUser(page, server)
      await openAudit(page, server)
      await openEvent(page, /removed the account/)
      await openEvent(page, /deleted user .* signed up/)
      await expect(page.getByText('Not kept').filter({ visible: true }).first()).toBeVisible()
    },
  },
  'audit-events-filter': async (page, server) => {
    await logInAsAdmin(page, server)
    await openAudit(page, server)
    const filter = page.getByRole('combobox', { name: 'Event' })
    await filter.press('Enter')
    await filter.press('ArrowDown')
    await expect(page.getByRole('group', { name: 'Log-ins and sessions' })).toBeInViewport()
  },
  'audit-one-event': async (page, server) => {
    const ben = await signUp(page, server, 'ben')
    await logInAsAdmin(page, server)
    const menu = await findUser(page, server, ben.username)
    await menu.click()
    await page.getByRole('link', { name: /^View audit events of/ }).click()
    await expect(page.getByRole('list', { name: 'Events' }).getByRole('listitem')).toHaveCount(1)
    await expect(page.getByRole('combobox', { name: 'User' })).toHaveValue(/^ben/)
  },
  'audit-pages': {
    settings: {},
    async open(page, server) {
      const admin = await logInAsAdmin(page, server)
      for (let times = 0; times < 50; times += 1) await call(page, server, 'auth.login', admin)
      await openAudit(page, server)
      await button(page, 'Next').click()
      await expect(page.getByText('Page 2')).toBeVisible()
      await expect(page.getByRole('list', { name: 'Events' })).toHaveAttribute('aria-busy', 'false')
    },
  },
  'audit-user-search': async (page, server) => {
    await signUp(page, server, 'cleo')
    await logInAsAdmin(page, server)
    await openAudit(page, server)
    await page.getByRole('combobox', { name: 'User' }).fill('cleo')
    await expect(page.getByRole('option', { name: /^admin/ })).toHaveCount(0)
    await expect(page.getByRole('option', { name: /^cleo/ }).first()).toBeVisible()
  },
  'audit-no-user-found': async (page, server) => {
    await logInAsAdmin(page, server)
    await openAudit(page, server)
    await page.getByRole('combobox', { name: 'User' }).fill('no-user-has-this-name')
    await expect(page.getByText('No users found.').first()).toBeVisible()
  },
  'audit-empty': async (page, server) => {
    await logInAsAdmin(page, server)
    await page.goto('/audit?user=01900000-0000-7000-8000-000000000000&event=exported')
    await expect(page.getByRole('heading', { name: 'No events found' })).toBeVisible()
  },
  'audit-loading': loading('audit.list', '/audit', 'Loading the audit log', logInAsAdmin),
  'audit-failed': unreachable('audit.list', '/audit', logInAsAdmin),
  forbidden: async (page, server) => {
    await signUp(page, server, 'ada')
    await page.goto('/audit')
    await expect(title(page)).toHaveText('You cannot open this page')
  },
}
