import { product } from '@app/contract/product'
import pg from 'pg'
import type { ConnectionSettings } from '../connections.ts'
import { asStartupOptions } from './session-settings.ts'

export interface PoolOptions extends Pick<ConnectionSettings, 'connectMs'> {
  readonly url: string
  readonly size: number
  /** What each session sets as it starts; empty behind a pooler that rejects start-up parameters. */
  readonly session: Record<string, string>
  /** Checks a new connection before its first use; may reject. */
  readonly verify: (client: pg.ClientBase) => Promise<void>
}

export function createPool({ url, size, connectMs, session, verify }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: withStartupOptions(url, asStartupOptions(session)),
    application_name: product.slug,
    max: size,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    verify: (client, done) => void verify(client).then(() => done(), done),
    types: { getTypeParser },
  })
  // The pool and its clients emit an error when a connection breaks between two queries. Without a listener
  // it would end the process. Ignoring it is safe: the next query on the connection fails, or the pool
  // replaces it.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/**
 * Adds the options to the URL. `pg` prefers the URL over its configuration, and the URL may have options
 * already.
 */
function withStartupOptions(url: string, options: string): string {
  if (options === '') return url
  const parsed = new URL(url)
  const given = parsed.searchParams.get('options')
  parsed.searchParams.set('options', given === null ? options : `${given} ${options}`)
  return parsed.href
}

/**
 * Parses `bigint` as a number: our integers are milliseconds, counts and small numbers, and SQLite returns
 * numbers too. The server sends text (`format` is 'binary' only for queries that ask for it, which ours do
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
