import { AuditView } from '../audit/audit-view.tsx'
import { RolesOnly } from '../auth/roles-only.tsx'

export function AuditPage() {
  return <RolesOnly allowed={['admin']}>{(viewer) => <AuditView viewer={viewer} />}</RolesOnly>
}
