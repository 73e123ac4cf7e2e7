import { product } from '@app/contract/product'
import pg from 'pg'
import type { ConnectionSettings } from '../connections.ts'
import { asStartupOptions } from './session-settings.ts'

// A migration waits long for a lock, but not for a server that is not there.
const connectionTimeoutMs = 5_000

export interface PoolOptions extends Pick<ConnectionSettings, 'waitMs'> {
  readonly url: string
  readonly size: number
  /** What each session sets as it starts; empty where a pooler between us and the server refuses that. */
  readonly session: Record<string, string>
  /** Judges a new connection before its first use; may reject. */
  readonly verify: (client: pg.ClientBase) => Promise<void>
}

export function createPool({ url, size, waitMs, session, verify }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: withStartupOptions(url, asStartupOptions(session)),
    application_name: product.slug,
    max: size,
    connectionTimeoutMillis: Math.min(waitMs, connectionTimeoutMs),
    keepAlive: true,
    verify: (client, done) => void verify(client).then(() => done(), done),
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
function withStartupOptions(url: string, options: string): string {
  if (options === '') return url
  const parsed = new URL(url)
  const given = parsed.searchParams.get('options')
  parsed.searchParams.set('options', given === null ? options : `${given} ${options}`)
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
