import type { ReactNode } from 'react'
import styles from './visually-hidden.module.css'

/** Renders text for screen readers only. It is part of the accessible name of its parent. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className={styles['hidden']}>{children}</span>
}
