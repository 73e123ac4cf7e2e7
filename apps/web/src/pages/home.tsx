import type { Self } from '@app/contract'
import type { ComponentType } from 'react'
import { AccountOverview } from '../account/account-overview.tsx'
import { SignedInOnly } from '../auth/signed-in-only.tsx'
import { NotesView } from '../notes/notes-view.tsx'
import { Welcome } from './welcome.tsx'

/** What users see at the start: the first of these. */
const startViews: readonly [ComponentType<{ viewer: Self }>, ...unknown[]] = [
  // A feature that users come for stands before the account.
  NotesView,
  AccountOverview,
]

/** The start page: a welcome for visitors, the first view for users. */
export function HomePage() {
  const [View] = startViews
  return <SignedInOnly visitors={<Welcome />}>{(viewer) => <View viewer={viewer} />}</SignedInOnly>
}
