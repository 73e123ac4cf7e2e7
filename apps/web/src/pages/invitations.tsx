import { RolesOnly } from '../auth/roles-only.tsx'
import { InvitationsView } from '../invitations/invitations-view.tsx'

export function InvitationsPage() {
  return <RolesOnly allowed={['admin']}>{(viewer) => <InvitationsView viewer={viewer} />}</RolesOnly>
}
