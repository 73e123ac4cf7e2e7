import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { FailedState } from './failed-state.tsx'
import styles from './growing-list.module.css'

interface GrowingListProps<T extends { id: string }> {
  /** The accessible name of the list. */
  label: string
  className: string | undefined
  items: readonly T[]
  /** The query that loads the items. */
  query: UseInfiniteQueryResult
  /** Whether more items follow. Needed while the query shows the items of a former search. */
  hasMore?: boolean
  children: (item: T) => ReactNode
}

/** Renders a list that loads page by page. */
export function GrowingList<T extends { id: string }>({
  label,
  className,
  items,
  query,
  hasMore = query.hasNextPage,
  children,
}: GrowingListProps<T>) {
  const list = useRef<HTMLUListElement>(null)
  // The number of items when the user asked for more. The focus moves there when the button disappears.
  const readFrom = useRef<number | null>(null)
  useEffect(() => {
    if (readFrom.current === null || (hasMore && items.length <= readFrom.current)) return
    // Without new items the last one takes the focus, because it is nearest to the removed button.
    const next = list.current?.children.item(Math.min(readFrom.current, items.length - 1))
    readFrom.current = null
    if (!hasMore && next instanceof HTMLElement) next.focus()
  }, [items.length, hasMore])

  function loadMore() {
    readFrom.current = items.length
    void query.fetchNextPage()
  }

  return (
    <>
      <ul ref={list} className={className} aria-label={label} aria-busy={query.isPlaceholderData}>
        {items.map((item) => (
          <li key={item.id} tabIndex={-1}>
            {children(item)}
          </li>
        ))}
      </ul>
      {query.isFetchNextPageError && (
        <FailedState
          error={query.error}
          retrying={query.isFetchingNextPage}
          onRetry={loadMore}
          onReturn={() => void query.fetchNextPage()}
        />
      )}
      {hasMore && !query.isFetchNextPageError && (
        <div className={styles['more']}>
          <Button pending={query.isFetchingNextPage} unavailable={query.isPlaceholderData} onClick={loadMore}>
            Load more
          </Button>
        </div>
      )}
    </>
  )
}
