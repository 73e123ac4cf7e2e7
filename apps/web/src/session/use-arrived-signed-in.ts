import { useState } from 'react'
import { useViewer } from './viewer.ts'

/**
 * Returns whether a user was logged in when the page was opened. Decided once: pages that sign a user in stay
 * as they are while they do it.
 */
export function useArrivedSignedIn(): boolean {
  const viewer = useViewer()
  const [wasSignedIn, setWasSignedIn] = useState<boolean>()
  if (wasSignedIn === undefined && viewer.data !== undefined) setWasSignedIn(viewer.data !== null)
  return wasSignedIn === true
}
