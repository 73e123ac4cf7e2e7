import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'

/**
 * Makes the open connections of the writers read-only, as a primary does that became a standby.
 * @param count the size of the pool; the connections are demoted together, so that each is another one
 * @param meanwhile runs before any of them is back in the pool
 */
export async function demoteConnections(
  { write }: Pick<Database, 'write'>,
  count: number,
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<void> {
  const { promise: allDemoted, resolve } = Promise.withResolvers<void>()
  let demoted = 0
  const demote = () =>
    write(async (tx) => {
      await sql`set session characteristics as transaction read only`.execute(tx as unknown as Kysely<Tables>)
      demoted += 1
      if (demoted === count) resolve(meanwhile())
      await allDemoted
    })
  await Promise.all(Array.from({ length: count }, demote))
}
