import { OneTimeSecret } from '@app/contract'
import { useSyncExternalStore } from 'react'

/**
 * Returns the secret of the opened link, which is the fragment of its URL; null when the link is incomplete.
 * Browsers send a fragment to no server and in no `Referer`.
 */
export function useLinkSecret(): string | null {
  const fragment = useSyncExternalStore(watchFragment, () => window.location.hash.slice(1))
  const parsed = OneTimeSecret.safeParse(fragment)
  return parsed.success ? parsed.data : null
}

/** Another link of the same kind, opened in the same tab, changes the fragment only. */
function watchFragment(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange)
  return () => window.removeEventListener('hashchange', onChange)
}
