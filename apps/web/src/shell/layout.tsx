import { product } from '@app/contract/product'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { FlashMessage } from '../components/flash.tsx'
import { ThemeSwitch } from '../theme/theme-switch.tsx'
import { Navigation } from './navigation.tsx'
import styles from './layout.module.css'

/**
 * Renders the frame of every page: skip link, header with navigation, messages, main, footer with the theme.
 */
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
            <span className="app-brand-name" translate="no">
              {product.name}
            </span>
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
          <span>{product.name}</span>
          <ThemeSwitch />
        </div>
      </footer>
    </>
  )
}

/** Renders the frame of the crash page when the layout itself crashed. */
export function BareLayout({ children }: { children: ReactNode }) {
  return (
    <main id="main" tabIndex={-1}>
      <div className={styles['content']}>{children}</div>
    </main>
  )
}

/** The logo, also in index.html. */
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
