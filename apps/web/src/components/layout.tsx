import type { ReactNode } from 'react'
import { Link, useLocation, useSearch } from 'wouter'

import { LogOutButton } from '../session/log-out-button.tsx'
import { entranceTo, returnPath } from '../session/redirect-to.ts'
import { useViewer } from '../session/viewer.ts'
import { ThemeSwitch } from '../theme/theme-switch.tsx'
import { FlashMessage } from './flash.tsx'
import styles from './layout.module.css'
import { VisuallyHidden } from './visually-hidden.tsx'

/** What is around every page: skip link, header with the ways to go, messages, main, footer with the theme. */
export function Layout({ children }: { children: ReactNode }) {
  return (
    <>
      <a href="#main" className={styles['skip']}>
        Skip to content
      </a>
      <header className="app-header">
        <div className="app-bar">
          <Link href="/" className="app-brand">
            <KeyMark />
            <span className="app-brand-name">Latchkey</span>
          </Link>
          <Navigation />
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <FlashMessage />
        <div className={styles['content']}>{children}</div>
      </main>
      <footer className={styles['footer']}>
        <div className={styles['end']}>
          <span>Latchkey</span>
          <ThemeSwitch />
        </div>
      </footer>
    </>
  )
}

function Navigation() {
  const { data: viewer } = useViewer()
  const back = returnPath(useSearch())
  return (
    <nav aria-label="Main" className={styles['nav']}>
      {viewer && (
        <>
          <div className={styles['ways']}>
            <NavLink href="/">Notes</NavLink>
            <NavLink href="/users">Users</NavLink>
            {viewer.role === 'admin' && <NavLink href="/audit">Audit</NavLink>}
          </div>
          <div className={styles['ways']}>
            <NavLink href="/account">
              <PersonMark />
              <VisuallyHidden>Your account: </VisuallyHidden>
              <span className={styles['name']}>{viewer.name}</span>
            </NavLink>
            <LogOutButton />
          </div>
        </>
      )}
      {viewer === null && (
        <div className={styles['ways']}>
          <NavLink href="/login" to={entranceTo('/login', back)}>
            Log in
          </NavLink>
          <NavLink href="/signup" to={entranceTo('/signup', back)}>
            Sign up
          </NavLink>
        </div>
      )}
    </nav>
  )
}

interface NavLinkProps {
  href: string
  /** The whole address, where more than the page belongs to it. */
  to?: string
  children: ReactNode
}

function NavLink({ href, to = href, children }: NavLinkProps) {
  const [path] = useLocation()
  return (
    <Link href={to} className={styles['link']} aria-current={current(path, href)}>
      {children}
    </Link>
  )
}

/** A page, or the entry of several that belong together: of the account's, and of the notes, which are listed at the start. */
function current(path: string, href: string): 'page' | 'true' | undefined {
  if (path === href) return 'page'
  return path.startsWith(href === '/' ? '/notes/' : `${href}/`) ? 'true' : undefined
}

function PersonMark() {
  return (
    <svg className={styles['person']} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="5" r="3" />
      <path d="M2.5 14.5c0-3 2.5-4.5 5.5-4.5s5.5 1.5 5.5 4.5" />
    </svg>
  )
}

/** Drawn in index.html too. */
function KeyMark() {
  return (
    <svg className="app-mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <g>
        <circle cx="11.5" cy="16" r="4.5" />
        <path d="M16 16h9.5M22 16v4M25.5 16v3" />
      </g>
    </svg>
  )
}
