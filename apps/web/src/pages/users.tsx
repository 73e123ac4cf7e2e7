import { MembersOnly } from '../session/members-only.tsx'
import { UsersView } from '../users/users-view.tsx'

export function UsersPage() {
  return <MembersOnly>{(viewer) => <UsersView viewer={viewer} />}</MembersOnly>
}
