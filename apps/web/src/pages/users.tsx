import { MembersOnly } from '../auth/members-only.tsx'
import { UsersView } from '../users/users-view.tsx'

export function UsersPage() {
  return <MembersOnly>{(viewer) => <UsersView viewer={viewer} />}</MembersOnly>
}
