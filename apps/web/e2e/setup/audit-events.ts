import type { Credentials } from './actors.ts'
import { changeRows } from './change-rows.ts'
import type { Server } from './start-server.ts'

/** Deletes the user's audit events, as the end of their retention would. */
export function deleteAuditEvents(server: Server, { username }: Credentials): void {
  changeRows(
    server,
    'delete from audit_events where actor_id = (select id from users where username = ?)',
    username,
  )
}
