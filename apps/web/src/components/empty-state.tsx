import { FileText } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import styles from './state.module.css'

interface EmptyStateProps {
  /** Default: a document. */
  icon?: LucideIcon
  title: ReactNode
  /** As high as a row of a list, for a page with several lists. Default: false. */
  low?: boolean
  children: ReactNode
}

/** Shows that a list is empty, and what to do. */
export function EmptyState({ icon = FileText, title, low = false, children }: EmptyStateProps) {
  return (
    <div className={`${styles['state']} ${low ? styles['low'] : ''}`}>
      <span className={styles['mark']}>
        <Icon icon={icon} size={low ? 'normal' : 'large'} />
      </span>
      <h2 className={styles['title']}>{title}</h2>
      {children}
    </div>
  )
}
