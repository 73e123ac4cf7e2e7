import type { ReactNode } from 'react'
import { Link } from 'wouter'
import styles from './button.module.css'

interface ButtonLinkProps {
  href: string
  look?: 'primary' | 'plain'
  /** The keys that do the same, for people who listen and in the tool tip. */
  keys?: string
  /** The whole document is loaded anew: for pages that may be broken. */
  anew?: boolean
  children: ReactNode
}

/** A link that looks like a button: it goes somewhere, so it stays a link. */
export function ButtonLink({ href, look = 'plain', keys, anew = false, children }: ButtonLinkProps) {
  const To = anew ? 'a' : Link
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
