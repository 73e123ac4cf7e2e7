import { notePreview, pageLimits } from '@app/contract'
import type { Note, NoteSummary, Page, Self } from '@app/contract'
import { queryOptions, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useApi } from '../api/api.ts'
import type { Api } from '../api/api.ts'
import { useRefetchOnReturn } from '../api/use-retry-on-return.ts'

type NotePages = InfiniteData<Page<NoteSummary>, string | undefined>

/** The cache key of a user's lists. It contains the user id, so that other users do not see them. */
function notesKey(viewer: Self): ['notes', string] {
  return ['notes', viewer.id]
}

function noteKey(viewer: Self, id: string): ['note', string, string] {
  return ['note', viewer.id, id]
}

/**
 * Loads the viewer's notes, newest first; an empty search finds all. The former result stays on screen until
 * the response to a new search arrives.
 */
export function useNotes(viewer: Self, search: string) {
  const { client, valueOrThrow } = useApi()
  return useRefetchOnReturn(
    useInfiniteQuery({
      queryKey: [...notesKey(viewer), search],
      initialPageParam: undefined as string | undefined,
      queryFn: async ({ pageParam, signal }) => {
        let cursor = pageParam
        for (;;) {
          const page: Page<NoteSummary> = await valueOrThrow(
            client.notes.list.query(
              {
                cursor,
                search: search === '' ? undefined : search,
                // The first page is short, for speed; the others are long.
                limit: pageParam === undefined ? pageLimits.default : pageLimits.max,
              },
              { signal },
            ),
          )
          // An empty page with a cursor means that the scan limit was reached: the search continues.
          if (page.items.length > 0 || page.nextCursor === null) return page
          cursor = page.nextCursor
        }
      },
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: (previous) => previous,
      refetchOnMount: ({ state }) => isShort(state.data),
      refetchOnWindowFocus: ({ state }) => isShort(state.data),
    }),
  )
}

/** A refetch reads every page in order, so long lists are only updated locally. */
function isShort(data: NotePages | undefined): boolean {
  return (data?.pages.length ?? 0) <= 4
}

/** Reads one note; reads it again when the window gets the focus. */
export function useNote(viewer: Self, id: string, { enabled }: { enabled: boolean }) {
  return useRefetchOnReturn(useQuery({ ...noteQuery(useApi(), viewer, id), enabled }))
}

/** Returns a function that reads a note before it is opened, so that it opens without a wait. */
export function usePrefetchNote(viewer: Self): (id: string) => void {
  const api = useApi()
  const cache = useQueryClient()
  return (id) => void cache.prefetchQuery(noteQuery(api, viewer, id))
}

/** Reads one note; fails with `NOT_FOUND` if it is deleted. */
export function noteQuery({ client, valueOrThrow }: Api, viewer: Self, id: string) {
  return queryOptions({
    queryKey: noteKey(viewer, id),
    queryFn: ({ signal }) => valueOrThrow(client.notes.get.query({ id }, { signal }), 'NOT_FOUND'),
  })
}

interface NotesCache {
  /** @param isNew whether the note is added at the top of the list */
  saved: (note: Note, isNew: boolean) => void
  removed: (id: string) => void
  /** Refetches a note that another tab saved or deleted, and the lists that are short. */
  changedElsewhere: (id: string) => void
  /** Returns whether there is a list that `changedElsewhere` does not refetch. */
  hasLongList: () => boolean
  /** Shows in the lists what another tab saved. @param note null if that tab deleted it */
  foundElsewhere: (id: string, note: Note | null) => void
}

/** Updates the cached notes after a change by the user. */
export function useNotesCache(viewer: Self): NotesCache {
  const cache = useQueryClient()
  return useMemo(() => notesCache(cache, viewer), [cache, viewer])
}

export function notesCache(cache: QueryClient, viewer: Self): NotesCache {
  const lists = notesKey(viewer)
  return {
    saved(note, isNew) {
      // A response that has not arrived yet may be older than this one.
      void cache.cancelQueries({ queryKey: noteKey(viewer, note.id) })
      const isLoading = isLoadingLists(cache, lists)
      cache.setQueryData(noteKey(viewer, note.id), note)
      if (isNew) cache.setQueryData<NotePages>([...lists, ''], (data) => data && withFirst(data, note))
      else
        mapPages(cache, lists, (items) => items.map((item) => (item.id === note.id ? toSummary(note) : item)))
      if (isNew || isLoading) reloadLists(cache, lists)
    },
    removed(id) {
      const isLoading = isLoadingLists(cache, lists)
      mapPages(cache, lists, (items) => items.filter((item) => item.id !== id))
      cache.removeQueries({ queryKey: noteKey(viewer, id) })
      if (isLoading) reloadLists(cache, lists)
    },
    changedElsewhere(id) {
      // A hidden page refetches when it becomes visible.
      const refetchType = document.visibilityState === 'hidden' ? 'none' : 'active'
      void cache.invalidateQueries({ queryKey: noteKey(viewer, id), refetchType })
      void cache.invalidateQueries({
        queryKey: lists,
        refetchType,
        // Sound: only `useNotes` writes under this key.
        predicate: ({ state }) => isShort(state.data as NotePages | undefined),
      })
    },
    hasLongList: () =>
      cache.getQueriesData<NotePages>({ queryKey: lists }).some(([, data]) => !isShort(data)),
    foundElsewhere(id, note) {
      if (note === null) return mapPages(cache, lists, (items) => items.filter((item) => item.id !== id))
      mapPages(cache, lists, (items) =>
        // A response that was overtaken by a later one is older.
        items.map((item) => (item.id === id && item.revision < note.revision ? toSummary(note) : item)),
      )
      cache.setQueryData<NotePages>([...lists, ''], (data) => {
        const first = data?.pages[0]?.items[0]
        return first !== undefined && first.id < id && data ? withFirst(data, note) : data
      })
    },
  }
}

function isLoadingLists(cache: QueryClient, lists: readonly string[]): boolean {
  return cache.isFetching({ queryKey: lists }) > 0
}

/**
 * Loads the lists again. Cancels a call in flight first, because `invalidateQueries` waits for the first
 * load of a list, whose response may be older than the change.
 */
function reloadLists(cache: QueryClient, lists: readonly string[]): void {
  void cache.cancelQueries({ queryKey: lists }).then(() => cache.invalidateQueries({ queryKey: lists }))
}

/** Adds a note in front of the list. Cursors are notes, not numbers, so they stay valid. */
function withFirst(data: NotePages, note: Note): NotePages {
  const [first, ...others] = data.pages
  if (first === undefined || first.items.some(({ id }) => id === note.id)) return data
  return { ...data, pages: [{ ...first, items: [toSummary(note), ...first.items] }, ...others] }
}

function mapPages(
  cache: QueryClient,
  queryKey: ['notes', string],
  change: (items: NoteSummary[]) => NoteSummary[],
): void {
  cache.setQueriesData<NotePages>({ queryKey }, (data) => {
    return data && { ...data, pages: data.pages.map((page) => ({ ...page, items: change(page.items) })) }
  })
}

function toSummary({ body, ...note }: Note): NoteSummary {
  return { ...note, preview: notePreview({ title: note.title, body }) }
}
