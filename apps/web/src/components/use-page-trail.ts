import { useSearchParams } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'

export interface PageTrail {
  /** The number of the page, from 1. */
  page: number
  /** The start of the current page; undefined for the first page. */
  cursor: string | undefined
  back: () => void
  on: (nextCursor: string) => void
}

/**
 * Returns the position in a paged list. The server has cursors, not page numbers. The history entry keeps the
 * cursors of the former pages: Back and Forward change the page, and a reload stays on it. Another search or
 * filter is another URL and starts at the first page.
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
