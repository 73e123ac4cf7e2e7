import type { ReactNode } from 'react'

/** A name or an address that a translator must not change, because users type and search it. */
export function Untranslated({ children }: { children: ReactNode }) {
  return <span translate="no">{children}</span>
}
