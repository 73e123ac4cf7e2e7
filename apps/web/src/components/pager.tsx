import { Button } from './button.tsx'
import type { PageTrail } from './use-page-trail.ts'
import styles from './pager.module.css'

interface PagerProps {
  trail: PageTrail
  /** The start of the next page; null on the last page and while unknown. */
  nextCursor: string | null
  pending: boolean
}

/** Renders the buttons for the pages. A disabled button at the first or last page keeps the focus. */
export function Pager({ trail, nextCursor, pending }: PagerProps) {
  const isFirst = trail.page === 1
  if (isFirst && nextCursor === null) return null
  return (
    <nav aria-label="Pages" className={styles['pager']}>
      <Button onClick={trail.back} unavailable={isFirst} pending={pending}>
        Previous
      </Button>
      <span aria-live="polite">Page {trail.page}</span>
      <Button
        onClick={() => nextCursor !== null && trail.on(nextCursor)}
        unavailable={nextCursor === null}
        pending={pending}
      >
        Next
      </Button>
    </nav>
  )
}
