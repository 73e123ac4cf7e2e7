import type { ReactNode } from 'react'
import styles from './actions.module.css'

interface ActionsProps {
  /** The main button. */
  main: ReactNode
  /** The other buttons. */
  children?: ReactNode
}

/** Renders the buttons of a form, a dialog, a page or a choice: the main one is the last, everywhere. */
export function Actions({ main, children }: ActionsProps) {
  return (
    <div className={styles['actions']}>
      {children}
      {main}
    </div>
  )
}
