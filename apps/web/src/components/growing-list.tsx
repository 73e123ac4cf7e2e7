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
  /** Where the items come from, and more of them. */
  query: UseInfiniteQueryResult
  /** Whether more follows the items on screen, where the query knows that of those that will replace them. */
  hasMore?: boolean
  children: (item: T) => ReactNode
}

/** A list that is read page by page, each below the one before. */
export function GrowingList<T extends { id: string }>({
  label,
  className,
  items,
  query,
  hasMore = query.hasNextPage,
  children,
}: GrowingListProps<T>) {
  const list = useRef<HTMLUListElement>(null)
  // How many items there were when more were asked for: the focus goes on from there when the button has
  // gone.
  const readFrom = useRef<number | null>(null)
  useEffect(() => {
    if (readFrom.current === null || (hasMore && items.length <= readFrom.current)) return
    // There may have been nothing more: the last item is the nearest to where the button was.
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
