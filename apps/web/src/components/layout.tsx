import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'

import { LogOutButton } from '../session/log-out-button.tsx'
import { useViewer } from '../session/viewer.ts'
import { FlashMessage } from './flash.tsx'
import styles from './layout.module.css'

/** What is around every page: skip link, header with the ways to go, messages, main. */
export function Layout({ children }: { children: ReactNode }) {
  return (
    <>
      <a href="#main" className={styles['skip']}>
        Skip to content
      </a>
      <header className={styles['header']}>
        <div className={styles['bar']}>
          <Link href="/" className={styles['brand']}>
            <KeyMark />
            Latchkey
          </Link>
          <Navigation />
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <FlashMessage />
        <div className={styles['content']}>{children}</div>
      </main>
    </>
  )
}

function Navigation() {
  const { data: viewer } = useViewer()
  return (
    <nav aria-label="Main" className={styles['nav']}>
      {viewer && (
        <>
          <NavLink href="/">Notes</NavLink>
          <NavLink href="/users">Users</NavLink>
          {viewer.role === 'admin' && <NavLink href="/audit">Audit</NavLink>}
          <NavLink href="/profile">Profile</NavLink>
          <LogOutButton />
        </>
      )}
      {viewer === null && (
        <>
          <NavLink href="/login">Log in</NavLink>
          <NavLink href="/signup">Sign up</NavLink>
        </>
      )}
    </nav>
  )
}

function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const [path] = useLocation()
  // A note belongs to the notes, which are at the start.
  const isWithin = href === '/' && path.startsWith('/notes/')
  return (
    <Link
      href={href}
      className={styles['link']}
      aria-current={path === href ? 'page' : isWithin ? 'true' : undefined}
    >
      {children}
    </Link>
  )
}

function KeyMark() {
  return (
    <svg className={styles['mark']} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <g>
        <circle cx="11.5" cy="16" r="4.5" />
        <path d="M16 16h9.5M22 16v4M25.5 16v3" />
      </g>
    </svg>
  )
}
