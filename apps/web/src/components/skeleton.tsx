import styles from './skeleton.module.css'
import { VisuallyHidden } from './visually-hidden.tsx'

interface SkeletonProps {
  /** What is being loaded, for people who listen. */
  label: string
  /** How many blocks stand in for what will come. */
  blocks?: number
  /** What they stand in for. Default: cards. */
  kind?: 'cards' | 'rows' | 'sheet'
}

/** Holds the place of what is being loaded; shows itself only when that takes long enough to be noticed. */
export function Skeleton({ label, blocks = 3, kind = 'cards' }: SkeletonProps) {
  return (
    <div className={`${styles['skeleton']} ${styles[kind]}`} aria-busy="true" data-loading>
      <VisuallyHidden>{label}</VisuallyHidden>
      {Array.from({ length: blocks }, (_, index) => (
        <div key={index} className={styles['block']} aria-hidden="true" />
      ))}
    </div>
  )
}
