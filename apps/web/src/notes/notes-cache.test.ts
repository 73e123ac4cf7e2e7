import type { Note, NoteSummary } from '@app/contract'
import { selfFixture } from '@app/contract/testing'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { notesCache } from './use-notes.ts'

const viewer = selfFixture({ id: 'id of ada', username: 'ada', name: 'Ada' })
const noteKey = ['note', viewer.id, '1']
const listKey = ['notes', viewer.id, '']

test('notes cache: a read from before a save does not replace the saved note', async () => {
  const { cache, notes } = openCache()
  const { promise, resolve } = Promise.withResolvers<Note>()
  const read = cache.fetchQuery({ queryKey: noteKey, queryFn: () => promise })
  notes.saved(noteOf({ body: 'New', revision: 2 }), false)
  resolve(noteOf({ body: 'Old', revision: 1 }))
  await read.catch(() => undefined)
  expect(cache.getQueryData(noteKey)).toMatchObject({ body: 'New' })
})

test('notes cache: a list from before a deletion is loaded again', async () => {
  const { cache, notes } = openCache()
  const first = Promise.withResolvers<ReturnType<typeof pagesOf>>()
  const answers = [first.promise, Promise.resolve(pagesOf())]
  const list = new QueryObserver(cache, {
    queryKey: listKey,
    queryFn: () => answers.shift() ?? Promise.reject(new Error('One more call')),
  })
  const stop = list.subscribe(() => undefined)
  notes.removed('1')
  first.resolve(pagesOf(noteOf({ body: 'Deleted', revision: 1 })))
  await expect.poll(() => answers.length).toBe(0)
  await expect.poll(() => list.getCurrentResult().data).toEqual(pagesOf())
  stop()
})

test('notes cache: what another tab saved does not replace a newer version in a list', () => {
  const { cache, notes } = openCache()
  cache.setQueryData(listKey, pagesOf(noteOf({ body: 'Second', revision: 2 })))
  notes.foundElsewhere('1', noteOf({ body: 'First', revision: 1 }))
  expect(previews(cache)).toEqual(['Second'])
  notes.foundElsewhere('1', noteOf({ body: 'Third', revision: 3 }))
  expect(previews(cache)).toEqual(['Third'])
})

function openCache() {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  return { cache, notes: notesCache(cache, viewer) }
}

function noteOf({ body, revision }: { body: string; revision: number }): Note {
  const at = '2026-03-01T20:30:15.000Z'
  return { id: '1', title: 'Plan', body, revision, createdAt: at, updatedAt: at }
}

function pagesOf(...notes: Note[]) {
  const items = notes.map(({ body, ...note }): NoteSummary => ({ ...note, preview: body }))
  return { pages: [{ items, nextCursor: null }], pageParams: [undefined] }
}

function previews(cache: QueryClient): string[] | undefined {
  return cache
    .getQueryData<ReturnType<typeof pagesOf>>(listKey)
    ?.pages.flatMap(({ items }) => items.map(({ preview }) => preview))
}
