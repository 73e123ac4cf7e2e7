import { expect, type Page } from '@playwright/test'

import { letSudoRunOut, signInAsAdministrator } from '../setup/administrators.ts'
import { button, title } from '../setup/forms.ts'
import { signUp } from '../setup/people.ts'
import type { Server } from '../setup/start-server.ts'
import type { State } from './state.ts'

async function openUsers(page: Page) {
  await page.goto('/users')
  await expect(title(page)).toHaveText('Users')
  await expect(page.getByRole('table', { name: 'Users' })).toBeVisible()
}

async function openUsersAsAdministrator(page: Page, server: Server) {
  await signUp(page, server, 'abel')
  const admin = await signInAsAdministrator(page, server)
  letSudoRunOut(server, admin)
  await openUsers(page)
  await expect(page.getByRole('button', { name: /^Make administrator/ }).first()).toBeVisible()
  return admin
}

async function askForThePassword(page: Page, server: Server) {
  await openUsersAsAdministrator(page, server)
  await page
    .getByRole('button', { name: /^Make administrator/ })
    .first()
    .click()
  await expect(page.getByRole('dialog')).toBeVisible()
}

/** The directory and one's own account. */
export const peopleStates: State[] = [
  {
    name: 'users',
    async open(page, server) {
      await signUp(page, server, 'ada')
      await openUsers(page)
    },
  },
  {
    name: 'users-found-nobody',
    async open(page, server) {
      await signUp(page, server, 'ada')
      await page.goto('/users?search=nobody-has-this-name')
      await expect(page.getByRole('heading', { name: /^Nobody found/ })).toBeVisible()
    },
  },
  {
    name: 'users-as-administrator',
    async open(page, server) {
      await openUsersAsAdministrator(page, server)
    },
  },
  { name: 'sudo-prompt', open: askForThePassword },
  {
    name: 'sudo-prompt-failed',
    async open(page, server) {
      await askForThePassword(page, server)
      const prompt = page.getByRole('dialog')
      await prompt.getByLabel('Password', { exact: true }).fill('not the password')
      await button(prompt, 'Confirm').click()
      await expect(prompt.getByText('This is not your password.')).toBeVisible()
    },
  },
  {
    name: 'sudo-declined',
    async open(page, server) {
      await askForThePassword(page, server)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('alert')).toContainText('Nothing was changed')
    },
  },
  {
    name: 'profile',
    async open(page, server) {
      await signUp(page, server, 'ada')
      await page.goto('/profile')
      await expect(title(page)).toHaveText('Profile')
    },
  },
  {
    name: 'profile-with-errors',
    async open(page, server) {
      const ada = await signUp(page, server, 'ada')
      await page.goto('/profile')
      const form = page.getByRole('form', { name: 'Change password' })
      await form.getByLabel('Current password', { exact: true }).fill(ada.password)
      await form.getByLabel('New password', { exact: true }).fill(`${ada.username}!`)
      await button(form, 'Change password').click()
      await expect(form.getByText('This password is too close to your own name')).toBeVisible()
      await form.getByLabel('Current password', { exact: true }).clear()
      await button(form, 'Change password').click()
      await expect(form.locator('[aria-invalid=true]').first()).toBeVisible()
    },
  },
]
