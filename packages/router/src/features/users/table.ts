import type { Role } from '@app/contract'
import type { Selectable } from 'kysely'

/**
 * One row is one account. Personal data that other users must not see is in other tables (`emails`,
 * `password_credentials`).
 */
export interface UsersTable {
  /** UUIDv7, made by the caller. */
  id: string
  /** Normalised (NFKC, lower case); unique among open accounts. */
  username: string
  name: string
  /** `name` after NFKC and lower-casing, for prefix searches. */
  name_key: string
  /** One of `roles`. The input schema rejects others, so a new role needs no migration. */
  role: Role
  /** Milliseconds since 1970 UTC; null while the account may log in. */
  disabled_at: number | null
  created_at: number
}

/**
 * The user names of closed accounts, which no new account gets. A row reveals neither the name nor its
 * account.
 */
export interface RetiredUsernamesTable {
  /** HMAC-SHA-256 of the normalised name, base64url. */
  hmac: string
}

/**
 * One row: the key of the HMACs, 32 random bytes in base64url, created by the migration and never changed.
 */
export interface RetiredUsernameKeyTable {
  key: string
}

/** The columns that are read of a user. `visible-fields.ts` decides who sees them. */
export const userColumns = [
  'users.id',
  'users.username',
  'users.name',
  'users.role',
  'users.disabled_at',
  'users.created_at',
] as const

type UserColumn = (typeof userColumns)[number] extends `users.${infer Column}` ? Column : never

export type FoundUser = Pick<Selectable<UsersTable>, UserColumn & keyof UsersTable>

const userKeys = userColumns.map((column) => column.slice('users.'.length) as UserColumn)

/** Takes the columns of a user off a row of a join. A rest pattern would cost more than the query. */
export function userOf(row: FoundUser): FoundUser {
  const user: Partial<Record<UserColumn, unknown>> = {}
  for (const key of userKeys) user[key] = row[key]
  return user as FoundUser
}
