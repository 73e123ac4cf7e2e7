import { useState } from 'react'
import type { ReactNode } from 'react'
import { Redirect, useSearch } from 'wouter'
import { useViewer } from '../session/viewer.ts'
import { redirectTarget } from './redirect-to.ts'
import styles from './signed-out-only.module.css'

/**
 * Shows log-in and sign-up to visitors, and redirects logged-in users. Shows the form before the session
 * response arrives.
 */
export function SignedOutOnly({ children }: { children: ReactNode }) {
  const viewer = useViewer()
  const search = useSearch()
  // The form of index.html is on the screen already.
  const [isContinued] = useState(() => window.earlyForm !== undefined)
  if (viewer.data) return <Redirect to={redirectTarget(search)} replace />
  return <div className={viewer.isPending && !isContinued ? styles['pending'] : undefined}>{children}</div>
}
