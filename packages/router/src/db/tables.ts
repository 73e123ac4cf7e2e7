import type { AuditEventsTable, UnblankedAccountsTable } from '../features/audit/table.ts'
import type { KnownDevicesTable } from '../features/devices/table.ts'
import type { EmailsTable } from '../features/emails/table.ts'
import type { FactorResetsTable, FactorsTable } from '../features/factors/table.ts'
import type { IdentitiesTable } from '../features/identities/table.ts'
import type { InvitationsTable } from '../features/invitations/table.ts'
import type { OutboxMailsTable } from '../features/mail/table.ts'
import type { NotesTable } from '../features/notes/table.ts'
import type { OneTimeSecretsTable } from '../features/one-time-secrets/table.ts'
import type { PasskeysTable, UsedChallengesTable } from '../features/passkeys/table.ts'
import type { PasswordCredentialsTable } from '../features/passwords/table.ts'
import type { RecoveryCodesTable } from '../features/recovery-codes/table.ts'
import type { SessionsTable } from '../features/sessions/table.ts'
import type { LoginThrottlesTable } from '../features/throttle/table.ts'
import type { AccessTokensTable } from '../features/tokens/table.ts'
import type { TotpEnrollmentsTable, TotpSecretsTable } from '../features/totp/table.ts'
import type { RetiredUsernameKeyTable, RetiredUsernamesTable, UsersTable } from '../features/users/table.ts'

export { userColumns, userOf } from '../features/users/table.ts'

/** Every table of the application, each described by the feature that owns it. */
export interface Tables {
  users: UsersTable
  retired_usernames: RetiredUsernamesTable
  retired_username_key: RetiredUsernameKeyTable
  emails: EmailsTable
  password_credentials: PasswordCredentialsTable
  sessions: SessionsTable
  access_tokens: AccessTokensTable
  login_throttles: LoginThrottlesTable
  known_devices: KnownDevicesTable
  audit_events: AuditEventsTable
  unblanked_accounts: UnblankedAccountsTable
  one_time_secrets: OneTimeSecretsTable
  outbox_mails: OutboxMailsTable
  invitations: InvitationsTable
  factors: FactorsTable
  factor_resets: FactorResetsTable
  totp_secrets: TotpSecretsTable
  totp_enrollments: TotpEnrollmentsTable
  passkeys: PasskeysTable
  used_challenges: UsedChallengesTable
  recovery_codes: RecoveryCodesTable
  identities: IdentitiesTable
  notes: NotesTable
}
