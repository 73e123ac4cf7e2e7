import type { ReactNode } from 'react'
import { Link } from 'wouter'
import styles from './button.module.css'

interface ButtonLinkProps {
  href: string
  look?: 'primary' | 'plain'
  /** The keyboard shortcut, for screen readers and in the tool tip. */
  keys?: string
  /** Loads the whole document again: for pages that may be broken. */
  reload?: boolean
  children: ReactNode
}

/** A link that looks like a button: it goes somewhere, so it stays a link. */
export function ButtonLink({ href, look = 'plain', keys, reload = false, children }: ButtonLinkProps) {
  const To = reload ? 'a' : Link
  return (
    <To
      href={href}
      className={`${styles['button']} ${styles[look]} ${styles['link']}`}
      aria-keyshortcuts={keys}
      title={keys}
    >
      {children}
    </To>
  )
}
