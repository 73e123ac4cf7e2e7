import { useEffect, useState } from 'react'
import { VisuallyHidden } from './visually-hidden.tsx'
import styles from './skeleton.module.css'

/** After this wait users wonder whether anything is happening. */
const longWaitMs = 10_000

interface SkeletonProps {
  /** What is being loaded, for screen readers. */
  label: string
  /** The number of placeholder blocks. */
  blocks?: number
  /** The shape of the blocks. Default: cards. */
  kind?: 'cards' | 'rows' | 'sheet'
}

/** Renders a placeholder. It is visible after a noticeable wait and announced after a long one. */
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
      {/* Outside the busy element: screen readers do not announce changes inside it. */}
      <p aria-live="polite" className={styles['label']}>
        {isLong && 'This takes longer than usual.'}
      </p>
    </div>
  )
}
