import type { ReactNode } from 'react'
import styles from './stack.module.css'

/** Renders its children below each other with the usual space between them. */
export function Stack({ children }: { children: ReactNode }) {
  return <div className={styles['stack']}>{children}</div>
}
