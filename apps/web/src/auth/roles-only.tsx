import type { Role, Self } from '@app/contract'
import type { ReactNode } from 'react'
import { ForbiddenPage } from './forbidden-page.tsx'
import { SignedInOnly } from './signed-in-only.tsx'

interface RolesOnlyProps {
  allowed: readonly Role[]
  children: (viewer: Self) => ReactNode
}

/** Shows a page to some roles only. This protects no data: the server's `roleProcedure` does. */
export function RolesOnly({ allowed, children }: RolesOnlyProps) {
  return (
    <SignedInOnly>
      {(viewer) => (allowed.includes(viewer.role) ? children(viewer) : <ForbiddenPage viewer={viewer} />)}
    </SignedInOnly>
  )
}
