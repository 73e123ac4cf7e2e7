import { SignedInOnly } from '../auth/signed-in-only.tsx'
import { UsersView } from '../users/users-view.tsx'

export function UsersPage() {
  return <SignedInOnly>{(viewer) => <UsersView viewer={viewer} />}</SignedInOnly>
}
