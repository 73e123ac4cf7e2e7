import type { Page, Request } from '@playwright/test'
import { call, signUp } from '../setup/actors.ts'
import { intercept } from '../setup/intercept.ts'
import { expect, test } from '../setup/test.ts'
import { field, note } from './note-page.ts'

test('notes: a note is read when the pointer or the focus reaches its row, and opens without a wait', async ({
  page,
  server,
}) => {
  await signUp(page, server, 'ada')
  const groceries = await call(page, server, 'notes.create', { title: 'Groceries', body: 'Flour\nPears' })
  const train = await call(page, server, 'notes.create', { title: 'Train', body: 'Leaves at nine' })
  await page.goto('/')
  await expect(note(page, 'Train')).toBeVisible()

  const byPointer = page.waitForRequest(reads(groceries.id))
  await note(page, 'Groceries').hover()
  await (await (await byPointer).response())?.finished()
  const byFocus = page.waitForRequest(reads(train.id))
  await note(page, 'Train').getByRole('link').focus()
  await (await (await byFocus).response())?.finished()

  // From here on the server sends no note.
  await using _held = await holdNotes(page)
  for (const [title, body] of [
    ['Groceries', 'Flour\nPears'],
    ['Train', 'Leaves at nine'],
  ] as const) {
    await note(page, title).getByRole('link').click()
    await expect(field(page, 'Text')).toHaveValue(body)
    await page.getByRole('link', { name: 'All notes' }).click()
  }
})

/** Matches the call that reads a note. */
function reads(id: string): (request: Request) => boolean {
  return (request) => {
    const url = decodeURIComponent(request.url())
    return url.includes('notes.get') && url.includes(id)
  }
}

/** Holds the calls that read a note until it is disposed. */
async function holdNotes(page: Page): Promise<AsyncDisposable> {
  const release = await intercept(page, '*/trpc/*notes.get*', 'hold')
  return { [Symbol.asyncDispose]: release }
}
