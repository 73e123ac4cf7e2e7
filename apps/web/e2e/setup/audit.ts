import { DatabaseSync } from 'node:sqlite'

import type { Person } from './people.ts'
import type { Server } from './start-server.ts'

/** As if everything that the person ever did were so long ago that it is not kept any more. */
export function forgetEvents(server: Server, { username }: Person): void {
  const database = new DatabaseSync(server.databaseFile, { timeout: 5_000 })
  database
    .prepare('delete from audit_events where actor_id = (select id from users where username = ?)')
    .run(username)
  database.close()
}
