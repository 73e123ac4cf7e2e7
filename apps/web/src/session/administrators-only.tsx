import type { Self } from '@latchkey/contract'
import type { ReactNode } from 'react'

import { ForbiddenPage } from '../pages/forbidden.tsx'
import { MembersOnly } from './members-only.tsx'

/** A page of administrators. It is a courtesy: what must not be seen is kept back by the server. */
export function AdministratorsOnly({ children }: { children: (viewer: Self) => ReactNode }) {
  return (
    <MembersOnly>
      {(viewer) => (viewer.role === 'admin' ? children(viewer) : <ForbiddenPage viewer={viewer} />)}
    </MembersOnly>
  )
}
