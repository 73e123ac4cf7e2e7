import { useSearch } from 'wouter'
import { LogOutButton } from '../auth/log-out-button.tsx'
import { pathWithRedirect, redirectTarget } from '../auth/redirect-to.ts'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { useViewer } from '../session/viewer.ts'
import { NavLink } from './nav-link.tsx'
import { pageLinks } from './page-links.ts'
import { PageMenu } from './page-menu.tsx'
import styles from './navigation.module.css'

/** Renders the links of the header: to the pages, and to the account or the log-in. */
export function Navigation() {
  const { data: viewer } = useViewer()
  const back = redirectTarget(useSearch())
  return (
    <nav aria-label="Main" className={styles['nav']}>
      {viewer && (
        <>
          <PageMenu links={pageLinks.filter(({ roles }) => roles?.includes(viewer.role) ?? true)} />
          <div className={styles['links']}>
            <NavLink href="/account">
              <PersonMark />
              <VisuallyHidden>Your account: </VisuallyHidden>
              <span className={styles['name']} translate="no">
                {viewer.name}
              </span>
            </NavLink>
            <LogOutButton />
          </div>
        </>
      )}
      {viewer === null && (
        <div className={styles['links']}>
          <NavLink href="/login" to={pathWithRedirect('/login', back)}>
            Log in
          </NavLink>
          <NavLink href="/signup" to={pathWithRedirect('/signup', back)}>
            Sign up
          </NavLink>
        </div>
      )}
    </nav>
  )
}

function PersonMark() {
  return (
    <svg className={styles['account-icon']} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="5" r="3" />
      <path d="M2.5 14.5c0-3 2.5-4.5 5.5-4.5s5.5 1.5 5.5 4.5" />
    </svg>
  )
}
