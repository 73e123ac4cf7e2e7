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
  role: 'user' | 'admin'
  /** Milliseconds since 1970 UTC; null while the account may sign in. */
  disabled_at: number | null
  created_at: number
}

export type UserRow = Selectable<UsersTable>
