import { Button } from '../components/button.tsx'
import styles from './users.module.css'

interface PagerProps {
  /** From 1. */
  page: number
  pending: boolean
  onPrevious: (() => void) | undefined
  onNext: (() => void) | undefined
}

/** Absent where there is one page only. At an end a button stays, so that the focus does, but leads nowhere. */
export function Pager({ page, pending, onPrevious, onNext }: PagerProps) {
  if (onPrevious === undefined && onNext === undefined) return null
  return (
    <nav aria-label="Pages" className={styles['pager']}>
      <Button onClick={onPrevious} unavailable={onPrevious === undefined} pending={pending}>
        Previous
      </Button>
      <span aria-live="polite">Page {page}</span>
      <Button onClick={onNext} unavailable={onNext === undefined} pending={pending}>
        Next
      </Button>
    </nav>
  )
}
