import type { Page } from '@playwright/test'
import { call, signUp } from '../setup/actors.ts'
import { title } from '../setup/forms.ts'
import { repeatedCalls } from '../setup/repeated-calls.ts'
import { startTitle } from '../setup/start-title.ts'
import { expect, test } from '../setup/test.ts'
import { note } from './note-page.ts'

test('early calls: the start page asks for the notes before the code of the app arrives, and only once', async ({
  page,
  server,
}) => {
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Groceries' })
  const app = await holdApp(page)
  const asked = page.waitForResponse(/notes\.list/)
  await page.goto('/', { waitUntil: 'commit' })
  await asked
  app.release()
  await expect(note(page, 'Groceries')).toBeVisible()
  await page.waitForLoadState('networkidle')
  expect(await repeatedCalls(page, 'auth.session', 'notes.list')).toEqual([])
})

test('early calls: a visitor asks for no notes', async ({ page }) => {
  const calls = callsOf(page)
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'Create an account' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  expect(calls).toContain('auth.session')
  expect(calls).not.toContain('notes.list')
})

test('early calls: a log-out before the code of the app arrives locks the page', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  const app = await holdApp(page)
  const asked = page.waitForResponse(/notes\.list/)
  await page.goto('/', { waitUntil: 'commit' })
  await asked
  const loggedOut = await page.request.post(`${server.url}/trpc/auth.logout`, { data: {} })
  expect(loggedOut.status()).toBe(200)
  app.release()
  await expect(page.getByRole('dialog', { name: 'You have been logged out' })).toBeVisible()
})

for (const { when, hides, again } of [
  { when: 'on a slow line', hides: false, again: ['notes.list'] },
  { when: 'on a page that was hidden', hides: true, again: ['auth.session', 'notes.list'] },
]) {
  test(`early calls: ${when}, responses that are too old are asked for again`, async ({ page, server }) => {
    await signUp(page, server, 'ada')
    await page.clock.install()
    const app = await holdApp(page)
    const asked = page.waitForResponse(/notes\.list/)
    await page.goto('/', { waitUntil: 'commit' })
    await asked
    await page.clock.runFor(5_000)
    if (hides) await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    const calls = callsOf(page)
    app.release()
    await expect(title(page)).toHaveText(startTitle)
    const repeated = () => calls.filter((name) => name === 'auth.session' || name === 'notes.list').toSorted()
    await expect.poll(repeated).toEqual(again)
  })
}

/** Returns the names of the queries that the page calls from now on. */
function callsOf(page: Page): string[] {
  const names: string[] = []
  page.on('request', (request) => {
    const [, called = ''] = /\/trpc\/([^?]+)/.exec(request.url()) ?? []
    names.push(...called.split(','))
  })
  return names
}

/** Holds the code of the app. */
async function holdApp(page: Page): Promise<{ release: () => void }> {
  const released = Promise.withResolvers<void>()
  await page.route('**/assets/app-*.js', (route) => released.promise.then(() => route.continue()))
  return { release: () => released.resolve() }
}
