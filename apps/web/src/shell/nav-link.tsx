import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import styles from './navigation.module.css'

interface NavLinkProps {
  href: string
  /** The whole address, where more than the page belongs to it. */
  to?: string
  onClick?: () => void
  children: ReactNode
}

/** A link of the header. The one that leads to the current page has `aria-current`. */
export function NavLink({ href, to = href, onClick, children }: NavLinkProps) {
  const [path] = useLocation()
  return (
    <Link href={to} className={styles['link']} aria-current={current(path, href)} onClick={onClick}>
      {children}
    </Link>
  )
}

/**
 * A page, or the entry of several that belong together: of the account's, and of the notes, which are listed
 * at the start.
 */
function current(path: string, href: string): 'page' | 'true' | undefined {
  if (path === href) return 'page'
  return path.startsWith(href === '/' ? '/notes/' : `${href}/`) ? 'true' : undefined
}
