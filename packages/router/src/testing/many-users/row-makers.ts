import type { Insertable } from 'kysely'
import type { Tables } from '../../db/tables.ts'

/** What the rows of all tables have in common. */
export interface Population {
  users: number
  /** When the first user signed up, in milliseconds since 1970 UTC. */
  from: number
  /** The present of the rows, in milliseconds since 1970 UTC. */
  to: number
  /** The stored password of every user. */
  passwordHash: string
  /** How sealed secrets of authenticator apps begin; the server of another AUTH_SECRETS would not start. */
  sealPrefix: string
}

/** Makes the rows of a table. The same number gives the same row. */
export interface RowMaker<T extends keyof Tables = keyof Tables> {
  table: T
  /** How many rows the table has for each user, on average. */
  perUser: number
  /** @param rows how many rows the table gets */
  make(row: number, population: Population, rows: number): Insertable<Tables[T]>
}

export function rowMaker<T extends keyof Tables>(
  table: T,
  perUser: number,
  make: RowMaker<T>['make'],
): RowMaker {
  // Sound: the rows are inserted into the table of the same object.
  return { table, perUser, make } as object as RowMaker
}
