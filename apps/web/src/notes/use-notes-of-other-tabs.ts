import type { Self } from '@app/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useApi } from '../api/api.ts'
import { CallFailed } from '../api/call-failed.ts'
import { useRetryOnReturn } from '../api/use-retry-on-return.ts'
import { useTabs } from '../session/tabs-context.ts'
import { noteQuery, useNotesCache } from './use-notes.ts'

/** Ids of changed notes that long lists do not show yet, by viewer. They outlive the page. */
const unreadNotes = new Map<string, Set<string>>()

/** Synchronizes a page about notes with the other tabs of this browser. */
export function useNotesOfOtherTabs(viewer: Self): void {
  const api = useApi()
  const cache = useQueryClient()
  const notes = useNotesCache(viewer)
  const tabs = useTabs()
  const isReading = useRef(false)
  const [error, setError] = useState<Error | null>(null)

  const readAll = useCallback(async () => {
    if (isReading.current || document.visibilityState === 'hidden') return
    isReading.current = true
    const failed = await readNotes(unreadOf(viewer), async (id) => {
      // Joins the refetch of an open note.
      const note = await cache.fetchQuery({ ...noteQuery(api, viewer, id), staleTime: 0 }).catch(ifMissing)
      notes.foundElsewhere(id, note)
    })
    isReading.current = false
    setError(failed)
  }, [api, cache, notes, viewer])
  useRetryOnReturn(error, () => void readAll())

  useEffect(() => {
    const readUnread = () => void readAll()
    readUnread()
    const unsubscribe = tabs.onDocumentChange('note', (id) => {
      notes.changedElsewhere(id)
      if (!notes.hasLongList()) return
      unreadOf(viewer).add(id)
      readUnread()
    })
    document.addEventListener('visibilitychange', readUnread)
    return () => {
      unsubscribe()
      document.removeEventListener('visibilitychange', readUnread)
    }
  }, [tabs, notes, viewer, readAll])
}

function unreadOf(viewer: Self): Set<string> {
  const unread = unreadNotes.get(viewer.id) ?? new Set()
  unreadNotes.set(viewer.id, unread)
  return unread
}

/**
 * Reads the notes one after the other. Reads a note again that changes meanwhile, because the response may be
 * older than the change.
 * @returns the first failure, after which the notes that are not read remain; null if all are read
 */
async function readNotes(unread: Set<string>, read: (id: string) => Promise<void>): Promise<Error | null> {
  for (const id of unread) {
    unread.delete(id)
    try {
      await read(id)
    } catch (error) {
      unread.add(id)
      return error instanceof Error ? error : new Error(String(error))
    }
  }
  return null
}

/** @returns null for a note that another tab deleted */
function ifMissing(error: unknown): null {
  if (error instanceof CallFailed && error.failure.reason === 'NOT_FOUND') return null
  throw error
}
