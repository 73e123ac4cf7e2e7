import { signupInput } from '@app/contract/testing'
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { call, newCredentials, signUp } from '../setup/actors.ts'
import { chooseAction, expireSudo, findUser, logInAsAdmin, promoteToAdmin } from '../setup/admins.ts'
import { button, title } from '../setup/forms.ts'
import { intercept } from '../setup/intercept.ts'
import { setUpAuthenticator } from '../setup/second-factor.ts'
import type { Server } from '../setup/start-server.ts'
import type { States } from './state.ts'

async function openUsers(page: Page) {
  await page.goto('/users')
  await expect(title(page)).toHaveText('Users')
  await expect(page.getByRole('table', { name: 'Users' })).toBeVisible()
}

async function openUsersAsAdmin(page: Page, server: Server) {
  await signUp(page, server, 'abel')
  await logInAsAdmin(page, server)
  await openUsers(page)
  await expect(page.getByRole('button', { name: /^Manage/ }).first()).toBeVisible()
}

/** Opens the users page on one user as admin. */
async function openUser(page: Page, server: Server) {
  const { username } = await signUp(page, server, 'spammer')
  const admin = await logInAsAdmin(page, server)
  return { admin, username, menu: await findUser(page, server, username) }
}

async function openSudoPrompt(page: Page, server: Server) {
  const { admin, username } = await openUser(page, server)
  expireSudo(server, admin)
  await promoteToAdmin(page, username)
  await expect(page.getByRole('dialog', { name: 'Confirm your password' })).toBeVisible()
}

/** The longest names with and without spaces, right-to-left and wide letters, and the shortest name. */
const longNames = {
  'zz-the-longest-user-name-that-is':
    'Wilhelmina Henrietta Theodora von und zu Hohenstein-Oberburg the Younger of Name',
  'zz.w_w_w_w_w_w_w_w_w_w_w_w_w_w_w': 'W'.repeat(80),
  'zz-hebrew': 'שלום עולם (2)',
  'zz-arabic': 'محمد عبد الله',
  'zz-japanese': '山田太郎'.repeat(10),
  zz: 'Z',
}

/** The directory, its actions and the sudo prompt. */
export const userStates: States = {
  users: async (page, server) => {
    await signUp(page, server, 'ada')
    await openUsers(page)
  },
  'users-none-found': async (page, server) => {
    await signUp(page, server, 'ada')
    await page.goto('/users?search=no-user-has-this-name')
    await expect(page.getByRole('heading', { name: /^No users found/ })).toBeVisible()
  },
  'users-as-admin': openUsersAsAdmin,
  'users-for-admins-only': {
    settings: { DIRECTORY: 'admins' },
    async open(page, server) {
      await signUp(page, server, 'ben')
      await signUp(page, server, 'ada')
      await page.goto(`${server.url}/users`)
      await expect(page.getByText('This is your own account.')).toBeVisible()
    },
  },
  'users-long-names': {
    settings: {},
    async open(page, server) {
      for (const [username, name] of Object.entries(longNames)) {
        const email = `${username}@a-rather-long-domain.example`
        await call(
          page,
          server,
          'auth.signup',
          signupInput({ ...newCredentials('any'), username, name, email }),
        )
      }
      await logInAsAdmin(page, server)
      const [username = ''] = Object.keys(longNames)
      await findUser(page, server, username)
      await page.getByRole('searchbox').fill('zz')
      await expect(page.getByRole('button', { name: /^Manage/ })).toHaveCount(6)
    },
  },
  'user-managed': async (page, server) => {
    const { menu, username } = await openUser(page, server)
    await menu.click()
    await expect(button(page, `Remove (${username})`)).toBeVisible()
  },
  'user-disabled': async (page, server) => {
    const { username } = await openUser(page, server)
    await chooseAction(page, username, 'Disable')
    await button(page, 'Disable account').click()
    await expect(page.getByRole('status').first()).toContainText('cannot log in')
  },
  'user-promote': async (page, server) => {
    const { username } = await openUser(page, server)
    await chooseAction(page, username, 'Make admin')
    await expect(page.getByRole('dialog', { name: `Make ${username} an admin?` })).toBeVisible()
  },
  'user-reset-factors': async (page, server) => {
    const { username } = await openUser(page, server)
    await chooseAction(page, username, 'Reset second factors')
    await expect(page.getByRole('dialog')).toContainText('After a waiting time')
  },
  'user-factor-reset-link': async (page, server) => {
    const { username } = await signUp(page, server, 'ada')
    await setUpAuthenticator(page)
    await logInAsAdmin(page, server)
    await findUser(page, server, username)
    await chooseAction(page, username, 'Reset second factors')
    await button(page.getByRole('dialog'), 'Request reset').click()
    await expect(page.getByRole('dialog', { name: `Reset link for ${username}` })).toBeVisible()
  },
  'users-factor-required': {
    settings: { ADMIN_SECOND_FACTOR: 'required' },
    async open(page, server) {
      await logInAsAdmin(page, server)
      await page.goto(`${server.url}/audit`)
      await expect(page.getByRole('link', { name: 'Set up a second factor' })).toBeVisible()
    },
  },
  'user-remove': async (page, server) => {
    const { username } = await openUser(page, server)
    await chooseAction(page, username, 'Remove')
    await expect(page.getByRole('dialog')).toContainText('are deleted')
  },
  'user-removed': async (page, server) => {
    const { username } = await openUser(page, server)
    await chooseAction(page, username, 'Remove')
    await button(page, 'Remove account').click()
    await expect(page.getByRole('cell', { name: /was removed/ })).toBeFocused()
  },
  'user-remove-sudo': async (page, server) => {
    const { admin, username } = await openUser(page, server)
    expireSudo(server, admin)
    await chooseAction(page, username, 'Remove')
    await button(page, 'Remove account').click()
    await expect(page.getByRole('dialog', { name: 'Confirm your password' })).toBeVisible()
  },
  'user-remove-failed': {
    allowedErrors: /net::ERR_FAILED/,
    async open(page, server) {
      const { username } = await openUser(page, server)
      await intercept(page, '*/trpc/users.remove', 'fail')
      await chooseAction(page, username, 'Remove')
      await button(page, 'Remove account').click()
      await expect(page.getByRole('alert')).toContainText('The server cannot be reached.')
    },
  },
  'user-last-admin': {
    settings: {},
    async open(page, server) {
      const admin = await logInAsAdmin(page, server)
      await findUser(page, server, admin.username)
      await chooseAction(page, admin.username, 'Disable')
      await button(page, 'Disable my account').click()
      await expect(page.getByRole('alert')).toContainText('at least one admin')
    },
  },
  'sudo-prompt': openSudoPrompt,
  'sudo-prompt-failed': async (page, server) => {
    await openSudoPrompt(page, server)
    const prompt = page.getByRole('dialog')
    await prompt.getByLabel('Password', { exact: true }).fill('not the password')
    await button(prompt, 'Confirm').click()
    await expect(prompt.getByText('This is not your password.')).toBeVisible()
  },
  'sudo-declined': async (page, server) => {
    await openSudoPrompt(page, server)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('alert')).toContainText('You did not confirm')
  },
}
