import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { call, signUp } from '../setup/actors.ts'
import { logInAsAdmin } from '../setup/admins.ts'
import { failureResponse } from '../setup/failure-response.ts'
import { button, title } from '../setup/forms.ts'
import { fulfillCalls } from '../setup/fulfill-calls.ts'
import type { Server } from '../setup/start-server.ts'
import type { State } from '../states/state.ts'
import { field, openNote, saving } from './note-page.ts'

const patience = failureResponse(429, { reason: 'RATE_LIMITED', retryAfterSeconds: 90 })

/** A note that nobody else's list has brought along, opened by its address. */
async function openAddress(page: Page, server: Server) {
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

async function expectSkeleton(page: Page, label: string) {
  // It fades in after a moment, for whoever has to wait.
  const skeleton = page.getByRole('main').locator('[aria-busy=true]')
  await expect(skeleton).toHaveText(label)
  await expect(skeleton).toHaveCSS('opacity', '1')
}

/** What stands where an answer is slow, did not come, or asks for patience. */
export const waitingStates: State[] = [
  {
    name: 'loading-slow',
    async open(page, server) {
      await signUp(page, server, 'ada')
      await page.clock.install()
      await page.route('**/trpc/*notes.list*', () => {})
      await page.goto('/')
      await expectSkeleton(page, 'Loading your notes')
      await page.clock.fastForward(12_000)
      await expect(page.getByText('This takes longer than usual.')).toBeVisible()
    },
  },
  {
    name: 'users-loading',
    async open(page, server) {
      await signUp(page, server, 'ada')
      await page.route('**/trpc/*users.list*', () => {})
      await page.goto('/users')
      await expectSkeleton(page, 'Loading users')
    },
  },
  {
    name: 'users-failed',
    allowedErrors: /net::ERR_FAILED/,
    async open(page, server) {
      await signUp(page, server, 'ada')
      await page.route('**/trpc/*users.list*', (route) => route.abort())
      await page.goto('/users')
      await expect(page.getByRole('alert')).toContainText('The server cannot be reached.')
    },
  },
  {
    name: 'note-loading',
    async open(page, server) {
      await page.route('**/trpc/*notes.get*', () => {})
      await openAddress(page, server)
      await expectSkeleton(page, 'Loading the note')
    },
  },
  {
    name: 'note-failed',
    allowedErrors: /net::ERR_FAILED/,
    async open(page, server) {
      await page.route('**/trpc/*notes.get*', (route) => route.abort())
      await openAddress(page, server)
      await expect(title(page)).toHaveText('This note cannot be shown')
    },
  },
  {
    name: 'note-deleting',
    async open(page, server) {
      await openGroceries(page, server)
      await page.route('**/trpc/notes.remove', () => {})
      await button(page, 'Delete').click()
      await button(page, 'Delete note').click()
      await expect(button(page, 'Cancel')).toHaveAttribute('aria-disabled', 'true')
    },
  },
  {
    name: 'note-delete-failed',
    allowedErrors: /net::ERR_FAILED/,
    async open(page, server) {
      await openGroceries(page, server)
      await page.route('**/trpc/notes.remove', (route) => route.abort())
      await button(page, 'Delete').click()
      await button(page, 'Delete note').click()
      await expect(page.getByRole('alert')).toContainText('The server cannot be reached.')
    },
  },
  {
    name: 'note-patience',
    async open(page, server) {
      await openGroceries(page, server)
      await page.route('**/trpc/notes.update', (route) => route.fulfill(patience))
      await field(page, 'Text').fill('Flour and pears')
      await expect(saving(page)).toContainText(/too many changes in a short time\. Trying again in 1:\d\d\./)
    },
  },
  {
    name: 'notes-patience',
    async open(page, server) {
      await openGroceries(page, server)
      await page.route('**/trpc/notes.update', (route) => route.fulfill(patience))
      await field(page, 'Text').fill('Flour and pears')
      await page.getByRole('link', { name: 'All notes' }).click()
      await expect(page.getByRole('list', { name: 'Not saved yet' })).toContainText(
        /Trying again in 1:\d\d\./,
      )
    },
  },
  {
    name: 'audit-person-patience',
    async open(page, server) {
      await logInAsAdmin(page, server)
      await page.goto('/audit')
      await fulfillCalls(page, 'users.list', patience)
      await page.getByRole('combobox', { name: 'Person' }).fill('cleo')
      await expect(page.getByText(/^Too many attempts\. Try again in 1:\d\d\./).last()).toBeVisible()
    },
  },
]
