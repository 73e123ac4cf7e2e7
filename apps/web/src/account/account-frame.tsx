import type { PagePath, Self } from '@app/contract'
import { Database, History, KeySquare, Lock, Mail, Monitor, ShieldCheck, UserRound } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { SignedInOnly } from '../auth/signed-in-only.tsx'
import { Icon } from '../components/icon.tsx'
import linkStyles from '../components/nav-link.module.css'
import styles from './account-frame.module.css'

const parts: readonly { path: PagePath; name: string; icon: LucideIcon }[] = [
  { path: '/account', name: 'Profile', icon: UserRound },
  { path: '/account/email', name: 'Email', icon: Mail },
  { path: '/account/password', name: 'Password', icon: Lock },
  { path: '/account/security', name: 'Security', icon: ShieldCheck },
  { path: '/account/sessions', name: 'Sessions', icon: Monitor },
  { path: '/account/tokens', name: 'Access tokens', icon: KeySquare },
  { path: '/account/activity', name: 'Activity', icon: History },
  { path: '/account/data', name: 'Data', icon: Database },
]

/** Renders the frame of the account pages, with the links between them. */
export function AccountFrame({ children }: { children: (viewer: Self) => ReactNode }) {
  return (
    <SignedInOnly>
      {(viewer) => (
        <div className={styles['section']}>
          <AccountNavigation />
          {children(viewer)}
        </div>
      )}
    </SignedInOnly>
  )
}

function AccountNavigation() {
  const [here] = useLocation()
  return (
    <nav aria-label="Account" className={styles['nav']}>
      <ul>
        {parts.map(({ path, name, icon }) => (
          <li key={path}>
            <Link
              href={path}
              className={`${linkStyles['link']} ${styles['link']}`}
              aria-current={here === path ? 'page' : undefined}
            >
              <Icon icon={icon} size="small" />
              <span>{name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
