import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { call, signUp } from '../setup/actors.ts'
import { logInAsAdmin } from '../setup/admins.ts'
import { failureResponse } from '../setup/failure-response.ts'
import { button, title } from '../setup/forms.ts'
import { fulfillCalls } from '../setup/fulfill-calls.ts'
import { intercept } from '../setup/intercept.ts'
import type { Server } from '../setup/start-server.ts'
import { expectSkeleton, loading, unreachable } from '../states/list-states.ts'
import type { States } from '../states/state.ts'
import { field, openNote, saveStatus } from './note-page.ts'

const rateLimited = failureResponse(429, { reason: 'RATE_LIMITED', retryAfterSeconds: 90 })

/** Opens a note by its URL, so that no list has loaded it. */
async function openNoteUrl(page: Page, server: Server) {
  await signUp(page, server, 'ada')
  const { id } = await call(page, server, 'notes.create', { title: 'Groceries', body: 'Flour' })
  await page.goto(`/notes/${id}`)
}

async function openGroceries(page: Page, server: Server) {
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Groceries', body: 'Flour' })
  await page.goto('/')
  await openNote(page, 'Groceries')
}

/** Slow, failed and rate-limited responses. */
export const waitingStates: States = {
  'loading-slow': async (page, server) => {
    await signUp(page, server, 'ada')
    await page.clock.install()
    await intercept(page, '*/trpc/*notes.list*', 'hold')
    await page.goto('/')
    await expectSkeleton(page, 'Loading your notes')
    await page.clock.fastForward(12_000)
    await expect(page.getByText('This takes longer than usual.')).toBeVisible()
  },
  'users-loading': loading('users.list', '/users', 'Loading users'),
  'users-failed': unreachable('users.list', '/users'),
  'note-loading': async (page, server) => {
    await intercept(page, '*/trpc/*notes.get*', 'hold')
    await openNoteUrl(page, server)
    await expectSkeleton(page, 'Loading the note')
  },
  'note-failed': {
    allowedErrors: /net::ERR_FAILED/,
    async open(page, server) {
      await intercept(page, '*/trpc/*notes.get*', 'fail')
      await openNoteUrl(page, server)
      await expect(title(page)).toHaveText('This note cannot be shown')
    },
  },
  'note-deleting': async (page, server) => {
    await openGroceries(page, server)
    await intercept(page, '*/trpc/notes.remove', 'hold')
    await button(page, 'Delete').click()
    await button(page, 'Delete note').click()
    await expect(button(page, 'Cancel')).toHaveAttribute('aria-disabled', 'true')
  },
  'note-delete-failed': {
    allowedErrors: /net::ERR_FAILED/,
    async open(page, server) {
      await openGroceries(page, server)
      await intercept(page, '*/trpc/notes.remove', 'fail')
      await button(page, 'Delete').click()
      await button(page, 'Delete note').click()
      await expect(page.getByRole('alert')).toContainText('The server cannot be reached.')
    },
  },
  'note-rate-limited': async (page, server) => {
    await openGroceries(page, server)
    await page.route('**/trpc/notes.update', (route) => route.fulfill(rateLimited))
    await field(page, 'Text').fill('Flour and pears')
    await expect(saveStatus(page)).toContainText(
      /too many changes in a short time\. Trying again in 1:\d\d\./,
    )
  },
  'notes-rate-limited': async (page, server) => {
    await openGroceries(page, server)
    await page.route('**/trpc/notes.update', (route) => route.fulfill(rateLimited))
    await field(page, 'Text').fill('Flour and pears')
    await page.getByRole('link', { name: 'All notes' }).click()
    await expect(page.getByRole('list', { name: 'Not saved yet' })).toContainText(/Trying again in 1:\d\d\./)
  },
  'audit-user-rate-limited': async (page, server) => {
    await logInAsAdmin(page, server)
    await page.goto('/audit')
    await fulfillCalls(page, 'users.list', rateLimited)
    await page.getByRole('combobox', { name: 'User' }).fill('cleo')
    await expect(page.getByText(/^Too many attempts\. Try again in 1:\d\d\./).last()).toBeVisible()
  },
}
