import { useEffect, useState } from 'react'
import { VisuallyHidden } from './visually-hidden.tsx'
import styles from './skeleton.module.css'

/** Whoever has waited for this long wonders whether anything is happening. */
const longWaitMs = 10_000

interface SkeletonProps {
  /** What is being loaded, for people who listen. */
  label: string
  /** How many blocks stand in for what will come. */
  blocks?: number
  /** What they stand in for. Default: cards. */
  kind?: 'cards' | 'rows' | 'sheet'
}

/**
 * Holds the place of what is being loaded; shows itself only when that takes long enough to be noticed, and
 * says so when it takes long.
 */
export function Skeleton({ label, blocks = 3, kind = 'cards' }: SkeletonProps) {
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), longWaitMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={styles['place']}>
      <div className={`${styles['skeleton']} ${styles[kind]}`} aria-busy="true" data-loading>
        <VisuallyHidden>{label}</VisuallyHidden>
        {Array.from({ length: blocks }, (_, index) => (
          <div key={index} className={styles['block']} aria-hidden="true" />
        ))}
      </div>
      {/* Beside what is busy, and not in it: a change in there is not read aloud. */}
      <p aria-live="polite" className={styles['word']}>
        {isLong && 'This takes longer than usual.'}
      </p>
    </div>
  )
}
