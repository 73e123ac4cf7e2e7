import type { MouseEvent, ReactNode } from 'react'
import { Link } from 'wouter'
import styles from './button.module.css'

interface ButtonLinkProps {
  href: string
  look?: 'primary' | 'plain'
  /** The keyboard shortcut, for screen readers and the tooltip. */
  keys?: string
  /** Opens a new document, with `Referer`: the page may be broken, or the server redirects. */
  reload?: boolean
  /** Called before the browser follows the link; it may change its address. */
  onFollow?: (link: HTMLAnchorElement) => void
  children: ReactNode
}

/** Renders a link that looks like a button. It navigates, so it remains a link for assistive technology. */
export function ButtonLink({
  href,
  look = 'plain',
  keys,
  reload = false,
  onFollow,
  children,
}: ButtonLinkProps) {
  const To = reload ? 'a' : Link
  return (
    <To
      href={href}
      className={`${styles['button']} ${styles[look]} ${styles['link']}`}
      aria-keyshortcuts={keys}
      title={keys}
      referrerPolicy={reload ? 'same-origin' : undefined}
      onClick={(event: MouseEvent<HTMLAnchorElement>) => onFollow?.(event.currentTarget)}
    >
      {children}
    </To>
  )
}
