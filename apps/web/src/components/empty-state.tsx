import type { ReactNode } from 'react'

import styles from './state.module.css'

interface EmptyStateProps {
  title: string
  children: ReactNode
}

/** Says that there is nothing yet, and what to do about it. */
export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div className={styles['state']}>
      <h2 className={styles['title']}>{title}</h2>
      {children}
    </div>
  )
}
