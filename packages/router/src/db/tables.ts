import type { AuditEventsTable } from '../features/audit/table.ts'
import type { KnownDevicesTable } from '../features/devices/table.ts'
import type { EmailsTable } from '../features/emails/table.ts'
import type { NotesTable } from '../features/notes/table.ts'
import type { PasswordCredentialsTable } from '../features/passwords/table.ts'
import type { SessionsTable } from '../features/sessions/table.ts'
import type { LoginThrottlesTable } from '../features/throttle/table.ts'
import type { RetiredUsernameKeyTable, RetiredUsernamesTable, UsersTable } from '../features/users/table.ts'

export { userColumns } from '../features/users/table.ts'

/** Every table of the application, each described by the feature that owns it. */
export interface Tables {
  users: UsersTable
  retired_usernames: RetiredUsernamesTable
  retired_username_key: RetiredUsernameKeyTable
  emails: EmailsTable
  password_credentials: PasswordCredentialsTable
  sessions: SessionsTable
  login_throttles: LoginThrottlesTable
  known_devices: KnownDevicesTable
  audit_events: AuditEventsTable
  notes: NotesTable
}
