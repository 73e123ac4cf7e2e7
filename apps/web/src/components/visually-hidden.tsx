import type { ReactNode } from 'react'
import styles from './visually-hidden.module.css'

/** Text for people who listen to the page; part of the accessible name of what it stands in. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className={styles['hidden']}>{children}</span>
}
