import type { ReactNode } from 'react'

/**
 * Prevents the translation of a name or an address that users type and search. It has its own direction of
 * writing, which changes nothing around it.
 */
export function Untranslated({ children }: { children: ReactNode }) {
  return (
    <span translate="no" dir="auto">
      {children}
    </span>
  )
}
