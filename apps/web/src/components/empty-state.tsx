import type { ReactNode } from 'react'
import styles from './state.module.css'

interface EmptyStateProps {
  title: string
  children: ReactNode
}

/** Shows that a list is empty, and what to do. */
export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div className={styles['state']}>
      <svg className={styles['mark']} viewBox="0 0 24 24" aria-hidden="true">
        <path d="M6 3h8l4 4v14H6zM14 3v4h4M9.5 12.5h5M9.5 16h3" />
      </svg>
      <h2 className={styles['title']}>{title}</h2>
      {children}
    </div>
  )
}
