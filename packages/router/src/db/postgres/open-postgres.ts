import { Kysely } from 'kysely'
import type { Connections, ConnectionSettings } from '../connections.ts'
import type { Tables } from '../tables.ts'
import type { WriteScope } from '../write-scope.ts'
import { PostgresDialect } from './postgres-dialect.ts'
import { isWorthRetrying } from './postgres-error.ts'
import { createPool } from './postgres-pool.ts'

/**
 * Connects lazily, so that a server can start before its database. Readers have a pool of their own: writers
 * that wait for a row lock cannot starve them of connections.
 */
export function openPostgres(url: string, settings: ConnectionSettings, scope: WriteScope): Connections {
  const { hostname, port, pathname } = new URL(url)
  const server = `${hostname || 'localhost'}:${port || '5432'}${pathname}`
  const reading = createPool(url, 'read', settings)
  const writing = createPool(url, 'write', settings)
  const onAcquire = () => scope.assertOutside('read')
  return {
    kind: 'postgres',
    reader: new Kysely<Tables>({ dialect: new PostgresDialect({ pool: reading, server, onAcquire }) }),
    writer: new Kysely<Tables>({ dialect: new PostgresDialect({ pool: writing, server }) }),
    isWorthRetrying,
    // PostgreSQL answers for its own files.
    assertWhole: () => undefined,
    async close() {
      await Promise.all([reading.end(), writing.end()])
    },
  }
}
