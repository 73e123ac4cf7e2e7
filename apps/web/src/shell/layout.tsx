import { product } from '@app/contract/product'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { BrandMark } from '../components/brand-mark.tsx'
import { FlashMessage } from '../components/flash.tsx'
import { Footer } from './footer.tsx'
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
            <BrandMark />
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
      <Footer />
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
