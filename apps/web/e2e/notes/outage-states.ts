import { expect } from '@playwright/test'
import { call, signUp } from '../setup/actors.ts'
import { failCalls, failedRequestId } from '../setup/fail-calls.ts'
import { button, chooseLogOut, openAccount, title } from '../setup/forms.ts'
import { intercept } from '../setup/intercept.ts'
import { lostRequests } from '../setup/page-errors.ts'
import { loading, unreachable } from '../states/list-states.ts'
import type { States } from '../states/state.ts'
import { draftNote, field, note, saveStatus } from './note-page.ts'

const internalError = /status of 500|The call failed: INTERNAL/
const allowedErrors = lostRequests

/** Pages without a response, or with an internal error. */
export const outageStates: States = {
  loading: loading('notes.list', '/', 'Loading your notes'),
  'sessions-loading': loading('sessions.list', '/account/sessions', 'Loading your sessions'),
  'activity-failed': unreachable('account.activity', '/account/activity'),
  'log-out-failed': {
    allowedErrors,
    async open(page, server) {
      await signUp(page, server, 'ada')
      await page.goto('/account')
      await intercept(page, '*/trpc/auth.logout', 'fail')
      await chooseLogOut(page)
      await expect(page.getByRole('status')).toContainText('You are still logged in.')
    },
  },
  crash: {
    allowedErrors: internalError,
    async open(page, server) {
      await signUp(page, server, 'ada')
      await failCalls(page, 'notes.list', { reason: 'INTERNAL' })
      await page.goto('/')
      await expect(title(page)).toHaveText('Something went wrong')
      await expect(page.getByRole('main')).toContainText(`Request id: ${failedRequestId}`)
    },
  },
  'form-internal-error': {
    allowedErrors: internalError,
    async open(page, server) {
      await signUp(page, server, 'ada')
      await failCalls(page, 'account.updateProfile', { reason: 'INTERNAL' })
      await page.goto('/account')
      await button(page, 'Save name').click()
      await expect(page.getByRole('alert')).toContainText(`Request id: ${failedRequestId}`)
    },
  },
  unreachable: {
    allowedErrors,
    async open(page, server) {
      await signUp(page, server, 'ada')
      await intercept(page, '*/trpc/*', 'fail')
      await page.goto('/account')
      await expect(title(page)).toHaveText('This page cannot be shown')
    },
  },
  'unreachable-while-searching': {
    allowedErrors,
    async open(page, server) {
      await signUp(page, server, 'ada')
      await call(page, server, 'notes.create', { title: 'Groceries', body: 'Flour' })
      await page.goto('/')
      await expect(note(page, 'Groceries')).toBeVisible()
      await page.context().setOffline(true)
      await page.getByRole('searchbox', { name: 'Search notes' }).fill('flour')
      await expect(page.getByRole('alert')).toContainText('The server cannot be reached.')
    },
  },
  'unreachable-while-writing': {
    allowedErrors,
    async open(page, server) {
      await signUp(page, server, 'ada')
      await page.goto('/')
      await draftNote(page, 'Long thoughts', 'An hour of work')
      await page.context().setOffline(true)
      await field(page, 'Text').fill('An hour of work, and more')
      await expect(saveStatus(page)).toContainText('Not saved: offline.')
    },
  },
  'notes-not-saved-yet': {
    allowedErrors,
    async open(page, server) {
      await signUp(page, server, 'ada')
      await call(page, server, 'notes.create', { title: 'Groceries', body: 'Flour' })
      await page.goto('/')
      await expect(note(page, 'Groceries')).toBeVisible()
      await page.context().setOffline(true)
      await draftNote(page, 'Long thoughts', 'An hour of work')
      await page.getByRole('link', { name: 'All notes' }).click()
      await expect(page.getByRole('list', { name: 'Not saved yet' })).toContainText('Long thoughts')
    },
  },
  'log-out-unsaved': {
    allowedErrors,
    async open(page, server) {
      await signUp(page, server, 'ada')
      await page.goto('/')
      await draftNote(page, 'Long thoughts', 'An hour of work')
      await page.context().setOffline(true)
      await field(page, 'Text').fill('An hour of work, and more')
      await chooseLogOut(page)
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  'page-replaced': {
    allowedErrors: /status of 404|dynamically imported module|Unable to preload|The code of this page/,
    async open(page, server) {
      await signUp(page, server, 'ada')
      await page.route('**/assets/account-*.js', (route) => route.fulfill({ status: 404 }))
      await page.goto('/')
      await expect(title(page)).toHaveText('Your notes')
      await openAccount(page)
      await expect(page.getByRole('main')).toContainText('replaced by a newer version')
    },
  },
  'page-not-loaded': {
    allowedErrors,
    async open(page, server) {
      await signUp(page, server, 'ada')
      await page.route('**/assets/account-*.js', (route) => route.abort())
      await page.goto('/')
      await expect(title(page)).toHaveText('Your notes')
      await page.context().setOffline(true)
      await openAccount(page)
      await expect(title(page)).toHaveText('This page cannot be shown')
    },
  },
}
