import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import styles from './navigation.module.css'

interface NavLinkProps {
  href: string
  /** The whole address, where more than the page belongs to it. */
  to?: string
  /** Other pages that belong to this one begin with it. Default: the address and a slash. */
  alsoUnder?: string | undefined
  onClick?: () => void
  children: ReactNode
}

/** A link of the header. The one that leads to the current page has `aria-current`. */
export function NavLink({ href, to = href, alsoUnder = `${href}/`, onClick, children }: NavLinkProps) {
  const [path] = useLocation()
  return (
    <Link
      href={to}
      className={styles['link']}
      aria-current={current(path, href, alsoUnder)}
      onClick={onClick}
    >
      {children}
    </Link>
  )
}

/** `page` for the current page, `true` for a page that others belong to. */
function current(path: string, href: string, alsoUnder: string): 'page' | 'true' | undefined {
  if (path === href) return 'page'
  return path.startsWith(alsoUnder) ? 'true' : undefined
}
