import type { Role } from '@app/contract'
import type { Selectable } from 'kysely'

/**
 * One row is one account. Personal data that others must not see lives in tables of its own (`emails`,
 * `password_credentials`).
 */
export interface UsersTable {
  /** UUIDv7, made by the caller. */
  id: string
  /** Already normalised (NFKC, lower case); unique among open accounts. */
  username: string
  name: string
  /** `name` after NFKC and lower-casing: what a prefix search compares. */
  name_key: string
  /** One of `roles`. The schema of the input refuses others, so that a new role needs no migration. */
  role: Role
  /** Milliseconds since 1970 UTC; null while the account may sign in. */
  disabled_at: number | null
  created_at: number
}

/**
 * The user names of closed accounts, which nobody gets again. Nothing here says whose they were, or what they
 * were.
 */
export interface RetiredUsernamesTable {
  /** HMAC-SHA-256 of the normal spelling, base64url. */
  hmac: string
}

/** One row: the key of the HMACs, 32 random bytes in base64url, made by the migration and never changed. */
export interface RetiredUsernameKeyTable {
  key: string
}

/** What is read of a user. `visible-fields.ts` decides who sees it. */
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
