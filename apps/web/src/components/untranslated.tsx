import type { ReactNode } from 'react'

/** Prevents the translation of a name or an address that users type and search. */
export function Untranslated({ children }: { children: ReactNode }) {
  return <span translate="no">{children}</span>
}
