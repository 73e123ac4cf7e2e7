import type { ReactNode } from 'react'
import styles from './badge.module.css'

interface BadgeProps {
  /** Default: neutral. The text must say the same as the colour. */
  tone?: 'neutral' | 'accent' | 'success' | 'warning' | 'danger'
  children: ReactNode
}

/** Renders a short state or role beside a name. */
export function Badge({ tone = 'neutral', children }: BadgeProps) {
  return <span className={`${styles['badge']} ${styles[tone]}`}>{children}</span>
}
