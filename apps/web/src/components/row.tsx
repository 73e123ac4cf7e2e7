import type { ReactNode } from 'react'
import styles from './stack.module.css'

/** Things beside each other, as far as there is room. */
export function Row({ children }: { children: ReactNode }) {
  return <div className={styles['row']}>{children}</div>
}
