import { product } from '@app/contract/product'
import type { Product } from '@app/contract/product'
import { useViewer } from '../session/viewer.ts'
import { ThemeSwitch } from '../theme/theme-switch.tsx'
import styles from './footer.module.css'

/**
 * Renders the end of every page. Visitors choose the theme here, users in the account menu. Only users see
 * the version, because it tells attackers which faults are open (ASVS 5.0 13.4.6).
 */
export function Footer() {
  const { data: viewer } = useViewer()
  return (
    <footer className={styles['footer']}>
      <div className={styles['end']}>
        <p className={styles['product']}>
          <span translate="no">{product.name}</span>
          {viewer && <span>Version {import.meta.env.APP_VERSION}</span>}
        </p>
        <FooterLinks links={product.footerLinks} />
        {!viewer && <ThemeSwitch />}
      </div>
    </footer>
  )
}

/** Renders the owner's links (product.ts). An empty list would be announced by screen readers. */
export function FooterLinks({ links }: { links: Product['footerLinks'] }) {
  if (links.length === 0) return null
  return (
    <ul className={styles['links']}>
      {links.map(({ label, href }) => (
        <li key={href}>
          <a href={href}>{label}</a>
        </li>
      ))}
    </ul>
  )
}
