import type { Self } from '@app/contract'
import type { ComponentType } from 'react'
import { AccountOverview } from '../account/account-overview.tsx'
import { SignedInOnly } from '../auth/signed-in-only.tsx'
import { NotesView } from '../notes/notes-view.tsx'
import { Welcome } from './welcome.tsx'

/** The views of the start page, in order. Users see the first one. */
const startViews: readonly [ComponentType<{ viewer: Self }>, ...unknown[]] = [
  // Features first, the account last.
  NotesView,
  AccountOverview,
]

/** Shows the start page: a welcome for visitors, the first view for users. */
export function HomePage() {
  const [View] = startViews
  return <SignedInOnly visitors={<Welcome />}>{(viewer) => <View viewer={viewer} />}</SignedInOnly>
}
