import type { ReactNode } from 'react'
import { Redirect, useSearch } from 'wouter'

import { returnPath } from './redirect-to.ts'
import { useViewer } from './viewer.ts'

/**
 * Log-in and sign-up: whoever is logged in goes on to where they wanted to go. The form is shown at once; it need not
 * wait for the answer that nobody is logged in.
 */
export function StrangersOnly({ children }: { children: ReactNode }) {
  const viewer = useViewer()
  const search = useSearch()
  if (viewer.data) return <Redirect to={returnPath(search)} replace />
  return children
}
