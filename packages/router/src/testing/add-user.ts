import type { Writer } from '../db/database.ts'

/** Adds a user whose id is the user name, without the procedures. Fails if the name is taken. */
export function addUser(tx: Writer, username: string): Promise<unknown> {
  const row = { name: 'x', name_key: 'x', role: 'user', disabled_at: null, created_at: 1 } as const
  return tx
    .insertInto('users')
    .values({ ...row, id: username, username })
    .execute()
}
