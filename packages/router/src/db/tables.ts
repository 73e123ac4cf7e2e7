import type { AuditEventsTable } from '../features/audit/table.ts'
import type { EmailsTable } from '../features/emails/table.ts'
import type { NotesTable } from '../features/notes/table.ts'
import type { PasswordCredentialsTable } from '../features/passwords/table.ts'
import type { SessionsTable } from '../features/sessions/table.ts'
import type { UsersTable } from '../features/users/table.ts'

/** Every table of the application, each described by the feature that owns it. */
export interface Tables {
  users: UsersTable
  emails: EmailsTable
  password_credentials: PasswordCredentialsTable
  sessions: SessionsTable
  audit_events: AuditEventsTable
  notes: NotesTable
}
