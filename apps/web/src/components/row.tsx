import type { ReactNode } from 'react'
import styles from './stack.module.css'

/** Renders its children beside each other, wrapped if necessary. */
export function Row({ children }: { children: ReactNode }) {
  return <div className={styles['row']}>{children}</div>
}
