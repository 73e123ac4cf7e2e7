import type { Note, Page, Self } from '@latchkey/contract'
import { type InfiniteData, type QueryClient, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'

import { useApi } from '../api.ts'

type NotePages = InfiniteData<Page<Note>, string | undefined>

/** The cache entry of a person's notes; the person is part of it, so no other person ever finds them. */
function notesKey(viewer: Self): ['notes', string] {
  return ['notes', viewer.id]
}

/** The viewer's notes, newest first; an empty search finds all. The notes on screen stay until a new search is answered. */
export function useNotes(viewer: Self, search: string) {
  const { client, answer } = useApi()
  return useInfiniteQuery({
    queryKey: [...notesKey(viewer), search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answer(
        client.notes.list.query(
          { cursor: pageParam, search: search === '' ? undefined : search },
          { signal },
        ),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  })
}

interface NotesCache {
  /** A new note may belong on top of any list: all are asked for again. */
  added: () => Promise<void>
  changed: (note: Note) => void
  removed: (id: string) => void
}

/** Keeps the lists on screen in step with what the person did to their notes. */
export function useNotesCache(viewer: Self): NotesCache {
  const cache = useQueryClient()
  return useMemo(() => {
    const key = notesKey(viewer)
    return {
      added: () => cache.invalidateQueries({ queryKey: key }),
      changed: (note) =>
        mapPages(cache, key, (items) => items.map((item) => (item.id === note.id ? note : item))),
      removed: (id) => mapPages(cache, key, (items) => items.filter((item) => item.id !== id)),
    }
  }, [cache, viewer])
}

function mapPages(cache: QueryClient, queryKey: ['notes', string], change: (items: Note[]) => Note[]): void {
  cache.setQueriesData<NotePages>({ queryKey }, (data) => {
    return data && { ...data, pages: data.pages.map((page) => ({ ...page, items: change(page.items) })) }
  })
}
