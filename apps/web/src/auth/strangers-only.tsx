import { useViewer } from '../session/viewer.ts'
import type { ReactNode } from 'react'
import { Redirect, useSearch } from 'wouter'

import { returnPath } from './redirect-to.ts'
import styles from './strangers-only.module.css'

/**
 * Log-in and sign-up: whoever is logged in goes on to where they wanted to go, mostly before they have seen a form. The form does not wait
 * for a slow answer that nobody is logged in.
 */
export function StrangersOnly({ children }: { children: ReactNode }) {
  const viewer = useViewer()
  const search = useSearch()
  if (viewer.data) return <Redirect to={returnPath(search)} replace />
  return <div className={viewer.isPending ? styles['unsure'] : undefined}>{children}</div>
}
