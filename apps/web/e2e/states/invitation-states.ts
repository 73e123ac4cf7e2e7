import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { call } from '../setup/actors.ts'
import { logInAsAdmin } from '../setup/admins.ts'
import { button, title } from '../setup/forms.ts'
import type { Server } from '../setup/start-server.ts'
import type { States } from './state.ts'

/** Opens the link of a new invitation as a visitor. */
async function openInvitation(page: Page, server: Server) {
  await logInAsAdmin(page, server)
  const { link } = await call(page, server, 'invitations.create', {})
  await page.context().clearCookies()
  await page.goto(link ?? '')
  await expect(title(page)).toHaveText('You are invited')
}

/** Invitations: the page of admins, and the page of their links. */
export const invitationStates: States = {
  'invitations-none': {
    settings: {},
    async open(page, server) {
      await logInAsAdmin(page, server)
      await page.goto(`${server.url}/invitations`)
      await expect(page.getByRole('heading', { name: 'No invitations yet' })).toBeVisible()
    },
  },
  invitations: async (page, server) => {
    await logInAsAdmin(page, server)
    await call(page, server, 'invitations.create', { email: `${'long-name'.repeat(6)}@example.org` })
    await page.goto('/invitations')
    await button(page, 'New invitation').click()
    await button(page, 'Create invitation').click()
    await expect(page.getByRole('group', { name: 'New invitation' })).toContainText('/invitation#')
    await expect(page.getByRole('list', { name: 'Invitations' })).toContainText('Anyone with the link')
  },
  'invitation-new': async (page, server) => {
    await logInAsAdmin(page, server)
    await page.goto('/invitations')
    await button(page, 'New invitation').click()
    await expect(page.getByRole('dialog', { name: 'New invitation' })).toBeVisible()
  },
  'invitation-revoke': async (page, server) => {
    const { username } = await logInAsAdmin(page, server)
    await call(page, server, 'invitations.create', {})
    await page.goto('/invitations')
    const row = page.getByRole('listitem').filter({ hasText: `Invited by ${username}` })
    await button(row, 'Revoke the invitation of anyone with the link').click()
    await expect(page.getByRole('dialog')).toBeVisible()
  },
  invitation: openInvitation,
  'invitation-with-errors': async (page, server) => {
    await openInvitation(page, server)
    await page.getByLabel('User name').fill('a b')
    await page.getByLabel('Password', { exact: true }).fill('short')
    await button(page, 'Sign up').click()
    await expect(page.locator('[aria-invalid=true]')).toHaveCount(2)
  },
  'invitation-dead': async (page) => {
    await page.goto(`/invitation#${'A'.repeat(43)}`)
    await expect(title(page)).toHaveText('This invitation does not work')
  },
  'sign-up-needs-invitation': {
    settings: { SIGNUP: 'invite' },
    async open(page, server) {
      await page.goto(`${server.url}/signup`)
      await expect(title(page)).toHaveText('Sign-up needs an invitation')
    },
  },
}
