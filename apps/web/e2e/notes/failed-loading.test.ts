import type { Page } from '@playwright/test'
import { newCredentials, signUp } from '../setup/actors.ts'
import { button, title } from '../setup/forms.ts'
import { lostRequests } from '../setup/page-errors.ts'
import { removeRoutes } from '../setup/remove-routes.ts'
import { expect, test } from '../setup/test.ts'
import { draftNote, field, openNote, saveStatus } from './note-page.ts'

// With an empty cache, every file of the app comes from the server.
test.use({ isFirstVisit: true })

test.beforeEach(({ pageErrors }) => {
  pageErrors.allow(lostRequests)
  pageErrors.allow(/Failed to fetch/)
})

/** Aborts requests for files whose names begin so. @returns a function that restores them */
async function abortRequests(page: Page, ...names: string[]) {
  const patterns = names.map((name) => (name.startsWith('/') ? `**${name}` : `**/assets/${name}-*.js`))
  for (const pattern of patterns) await page.route(pattern, (route) => route.abort())
  return async () => {
    for (const pattern of patterns) await removeRoutes(page, pattern)
  }
}

test('failed loading: the page says that the app did not load, and reloads when the server is back', async ({
  page,
}) => {
  const restore = await abortRequests(page, 'main', '/readyz')
  await page.goto('/login')
  await expect(title(page)).toHaveText('This page cannot be shown')
  await expect(page.getByRole('alert')).toHaveText(
    'The server cannot be reached. Check your connection, or try again in a moment.',
  )
  await restore()
  await expect(title(page)).toHaveText('Log in')
})

test('failed loading: the page reloads immediately when the network is back', async ({ page }) => {
  const restore = await abortRequests(page, 'main', '/readyz')
  await page.clock.install()
  await page.goto('/login')
  await page.clock.fastForward(1_000)
  await expect(title(page)).toHaveText('This page cannot be shown')
  await restore()
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page.clock.fastForward(1_000)
  await expect(title(page)).toHaveText('Log in')
})

test('failed loading: with a reachable server, one reload and then a button', async ({ page }) => {
  const restore = await abortRequests(page, 'main')
  let visits = 0
  page.on('request', (request) => (visits += Number(request.isNavigationRequest())))
  await page.goto('/login')
  await expect(page.getByRole('alert')).toContainText('A part of it failed to load.')
  expect(visits).toBe(2)
  await restore()
  await button(page, 'Try again').click()
  await expect(title(page)).toHaveText('Log in')
})

test('failed loading: without any code, the page offers a reload after a while', async ({ page }) => {
  const restore = await abortRequests(page, 'index')
  await page.goto('/login')
  const again = page.getByRole('link', { name: 'Reload it' })
  await expect(again).toBeHidden()
  await page.evaluate(() => document.getAnimations().forEach((each) => each.finish()))
  await restore()
  await again.click()
  await expect(title(page)).toHaveText('Log in')
})

test('failed loading: a new note opens offline, even if the browser was never idle', async ({
  page,
  context,
  server,
}) => {
  await page.addInitScript(() => (window.requestIdleCallback = () => 0))
  await signUp(page, server, 'ada')
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  await context.setOffline(true)
  await draftNote(page, 'On the train', 'In a tunnel')
  await expect(saveStatus(page)).toContainText('Not saved: offline.')
  await context.setOffline(false)
  await expect(saveStatus(page)).toContainText('Saved')
})

test('failed loading: without the strength worker, users sign up without its hint', async ({ page }) => {
  await abortRequests(page, 'strength-worker')
  await page.goto('/signup')
  const grace = newCredentials('grace')
  await page.getByLabel('User name').fill(grace.username)
  await page.getByLabel('Password', { exact: true }).fill(grace.password)
  await expect(page.getByText('A few unrelated words')).toBeVisible()
  await button(page, 'Sign up').click()
  await expect(title(page)).toHaveText('Your notes')
})

test('failed loading: a text whose restoring code failed to load is restored later', async ({
  page,
  context,
  server,
}) => {
  await signUp(page, server, 'ada')
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  await context.setOffline(true)
  await draftNote(page, 'On the train', 'In a tunnel')
  await expect(saveStatus(page)).toContainText('Not saved')
  await context.setOffline(false)
  const restore = await abortRequests(page, 'use-writer', '/trpc/notes.create')
  page.on('dialog', (dialog) => void dialog.accept())
  await page.goto('/account')
  await expect(title(page)).toHaveText('Profile')
  await restore()
  await page.reload()
  await page.getByRole('link', { name: 'Notes' }).click()
  await openNote(page, 'On the train')
  await expect(field(page, 'Text')).toHaveValue('In a tunnel')
})
