import { changeRows } from './change-rows.ts'
import type { Person } from './people.ts'
import type { Server } from './start-server.ts'

/** As if everything that the person ever did were so long ago that it is not kept any more. */
export function forgetEvents(server: Server, { username }: Person): void {
  changeRows(
    server,
    'delete from audit_events where actor_id = (select id from users where username = ?)',
    username,
  )
}
