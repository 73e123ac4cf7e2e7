import type pg from 'pg'

/**
 * Returns whether a pooler answers for the server. PostgreSQL gives the process id of the connection for
 * cancelling (`BackendKeyData`), a pooler gives another number.
 * @param pid what `pg_backend_pid()` returned on this connection
 */
export function isBehindPooler(client: pg.ClientBase, pid: number | undefined): boolean {
  // `pg` does not declare the property.
  return Reflect.get(client, 'processID') !== pid
}
