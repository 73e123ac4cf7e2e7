import { useSearchParams } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'

export interface PageTrail {
  /** From 1. */
  page: number
  /** Where the page on screen begins; undefined is the start of the list. */
  cursor: string | undefined
  back: () => void
  on: (nextCursor: string) => void
}

/**
 * Returns the position in a paged list. The server has cursors, not page numbers. The cursors of the former
 * pages are in the entry of the browser's history: its buttons turn pages too, a reload stays on the page,
 * and another search or filter, which is another address, starts at the first page.
 */
export function usePageTrail(): PageTrail {
  const cursors = cursorsOf(useHistoryState<unknown>())
  const [, setParams] = useSearchParams()
  const turnTo = (trail: string[]) => setParams((params) => params, { state: { trail } })
  return {
    page: cursors.length + 1,
    cursor: cursors.at(-1),
    back: () => turnTo(cursors.slice(0, -1)),
    on: (nextCursor) => turnTo([...cursors, nextCursor]),
  }
}

function cursorsOf(state: unknown): string[] {
  if (typeof state !== 'object' || state === null || !('trail' in state)) return []
  const { trail } = state
  return Array.isArray(trail) ? trail.filter((cursor) => typeof cursor === 'string') : []
}
