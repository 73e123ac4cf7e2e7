import type pg from 'pg'
import { isBehindPooler } from './pooler.ts'

/** The server to which a connection leads. */
export interface ServerState {
  /** Its process for this connection. */
  readonly pid: number
  readonly isPooled: boolean
  /** A standby, or a server that was made read-only. */
  readonly isReadOnly: boolean
  /** The `lock_timeout` of the session in milliseconds, as text. */
  readonly lockTimeout: string
}

/** Asks the server of a connection about itself. @param timeoutMs undefined: the limit of the client */
export async function inspectServer(client: pg.ClientBase, timeoutMs?: number): Promise<ServerState> {
  const { rows } = await client.query<Omit<ServerState, 'isPooled'>>({
    text: `select pg_backend_pid() as pid, (select setting from pg_settings where name = 'lock_timeout') as "lockTimeout",
      pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as "isReadOnly"`,
    ...(timeoutMs !== undefined && { query_timeout: timeoutMs }),
  })
  const [found] = rows
  if (found === undefined) throw new TypeError('A select without a table has one row.')
  return { ...found, isPooled: isBehindPooler(client, found.pid) }
}
