import pg from 'pg'
import type { ConnectionSettings } from '../connections.ts'

// A migration waits long for a lock, but not for a server that is not there.
const CONNECTION_TIMEOUT_MS = 5_000

/** @param access a `read` pool is refused every write by the server */
export function createPool(url: string, access: 'read' | 'write', settings: ConnectionSettings): pg.Pool {
  const { waitMs, statementMs, poolSize, durable, purpose } = settings
  const serve = purpose === 'serve'
  const pool = new pg.Pool({
    connectionString: withServerSettings(url, {
      ...(access === 'read' && { default_transaction_read_only: 'on' }),
      ...(!durable && { synchronous_commit: 'off' }),
    }),
    application_name: 'latchkey',
    max: poolSize,
    connectionTimeoutMillis: Math.min(waitMs, CONNECTION_TIMEOUT_MS),
    keepAlive: true,
    lock_timeout: waitMs,
    ...(serve && {
      statement_timeout: statementMs,
      idle_in_transaction_session_timeout: statementMs,
      // The client's own limit, for a server that does not answer at all.
      query_timeout: Math.ceil(statementMs * 1.3),
    }),
    types: { getTypeParser },
  })
  // The pool and a client say so when a connection breaks between two queries. Without a listener that would
  // end the process; nothing is lost by not listening, because the next query on it fails or the pool
  // replaces it.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** In the URL and not beside it, because `pg` lets the URL win and it may have options of its own. */
function withServerSettings(url: string, settings: Record<string, string>): string {
  const parsed = new URL(url)
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  const given = parsed.searchParams.get('options')
  const all = [...(given === null ? [] : [given]), ...options]
  if (all.length > 0) parsed.searchParams.set('options', all.join(' '))
  return parsed.href
}

/**
 * `bigint` as a number: our integers are milliseconds, counts and small numbers, and SQLite gives numbers
 * too. The server sends text in any case (`format` is 'text' unless a query asks for binary, which ours do
 * not).
 */
function getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
  return oid === pg.types.builtins.INT8 ? parseInteger : pg.types.getTypeParser(oid, format ?? 'text')
}

function parseInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error('The database holds an integer beyond 2^53.')
  return value
}
