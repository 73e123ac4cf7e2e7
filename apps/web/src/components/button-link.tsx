import type { ReactNode } from 'react'
import { Link } from 'wouter'
import styles from './button.module.css'

interface ButtonLinkProps {
  href: string
  look?: 'primary' | 'plain'
  /** The keyboard shortcut, for screen readers and the tooltip. */
  keys?: string
  /** Reloads the whole document, for pages that may be broken. */
  reload?: boolean
  children: ReactNode
}

/** Renders a link that looks like a button. It navigates, so it remains a link for assistive technology. */
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
