import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import menuStyles from '../components/menu.module.css'
import linkStyles from '../components/nav-link.module.css'
import styles from './navigation.module.css'

interface NavLinkProps {
  href: string
  /** The full URL, if it has more than the path. */
  to?: string
  /** The prefix of the pages that belong to this link. Default: `href` and a slash. */
  alsoUnder?: string | undefined
  isInMenu?: boolean
  onClick?: () => void
  children: ReactNode
}

/** Renders a link of the header. The link of the current page has `aria-current`. */
export function NavLink({
  href,
  to = href,
  alsoUnder = `${href}/`,
  isInMenu = false,
  onClick,
  children,
}: NavLinkProps) {
  const [path] = useLocation()
  return (
    <Link
      href={to}
      className={isInMenu ? menuStyles['item'] : `${linkStyles['link']} ${styles['link']}`}
      aria-current={current(path, href, alsoUnder)}
      onClick={onClick}
    >
      {children}
    </Link>
  )
}

/** Returns `page` for the link of the current page, `true` for the link of its section. */
function current(path: string, href: string, alsoUnder: string): 'page' | 'true' | undefined {
  if (path === href) return 'page'
  return path.startsWith(alsoUnder) ? 'true' : undefined
}
