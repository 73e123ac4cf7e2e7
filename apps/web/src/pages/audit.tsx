import { AuditView } from '../audit/audit-view.tsx'
import { AdministratorsOnly } from '../session/administrators-only.tsx'

export function AuditPage() {
  return <AdministratorsOnly>{(viewer) => <AuditView viewer={viewer} />}</AdministratorsOnly>
}
