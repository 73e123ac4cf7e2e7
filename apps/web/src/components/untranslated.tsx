import type { ReactNode } from 'react'

/** A name or an address, which a translator must leave as it is: people type it and look for it. */
export function Untranslated({ children }: { children: ReactNode }) {
  return <span translate="no">{children}</span>
}
