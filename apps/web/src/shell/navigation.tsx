import { useSearch } from 'wouter'
import { pathWithRedirect, redirectTarget } from '../auth/redirect-to.ts'
import { useViewer } from '../session/viewer.ts'
import { AccountMenu } from './account-menu.tsx'
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
          <AccountMenu viewer={viewer} />
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
