import pg from 'pg'
import { errorCode, reasonOf } from '../../error-code.ts'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import { repairOf } from './postgres-repair.ts'
import { SessionSettingsIgnored } from './session-settings.ts'

/**
 * SQLSTATE codes and classes that mean "try again later", not "wrong query".
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const unavailableCodes: readonly (readonly [pattern: RegExp, meaning: string])[] = [
  [/^08/, 'lost or refused the connection'],
  [/^57P0/, 'is shutting down or starting'],
  [/^53/, 'is out of connections, memory or disk'],
  [/^25006$/, 'accepts only reads'],
  [/^55P03$/, 'kept a lock for too long'],
  [/^40(001|P01)$/, 'gave way to another transaction'],
  [/^57014$/, 'took too long for a query'],
  [/^25P0[34]$/, 'ended a transaction that took too long'],
  [/^58|^XX00[12]$/, 'has a disk error or damaged data'],
  [/^28/, 'refused the user name or password of DATABASE_URL'],
  [/^3D000$/, 'has no database of the name in DATABASE_URL'],
  [/^42501$/, 'does not give the user of DATABASE_URL a right that is needed'],
]

/**
 * Returns whether the server answered with an error and the connection still works. After any other error it
 * must not be used again.
 */
export function leavesConnectionUsable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.severity === 'ERROR'
}

/**
 * Returns whether the transaction was rolled back and may run again: it lost to another transaction
 * (serialization failure, deadlock), or its server accepts only reads, as after a fail-over, and the next
 * connection may lead to another server.
 */
export function isWorthRetrying(error: unknown): boolean {
  const cause = error instanceof DatabaseUnavailable ? error.cause : error
  return cause instanceof pg.DatabaseError && ['40001', '40P01', '25006'].includes(cause.code ?? '')
}

/** Returns whether a prepared statement no longer fits its tables. */
export function isStalePlan(error: unknown): boolean {
  return (
    error instanceof pg.DatabaseError &&
    error.code === '0A000' &&
    /cached plan must not change/.test(error.message)
  )
}

/** Returns whether the server is a standby, or was made read-only. */
export function isReadOnlyServer(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '25006'
}

export function readOnlyServer(server: string): DatabaseUnavailable {
  return new DatabaseUnavailable(`PostgreSQL at ${server} accepts only reads.`)
}

/** Returns whether the server, the role or a pooler grants no more connections now. */
export function isTooManyConnections(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return false
  return error.code === '53300' || /no more connections allowed/.test(error.message)
}

/** Returns whether a pooler in front of the server does not accept the settings of a session. */
export function isStartupRefused(error: unknown): boolean {
  if (error instanceof SessionSettingsIgnored) return true
  return error instanceof pg.DatabaseError && /unsupported startup parameter/.test(error.message)
}

/** Returns whether the server did not answer in time. The driver's error has no code. */
export function isSilence(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout'
}

/**
 * Turns an error that means "unreachable, or cannot write" into a DatabaseUnavailable; returns every other
 * error unchanged.
 * @param server host, port and name, for the log
 */
export function toDatabaseUnavailable(error: unknown, server: string): unknown {
  if (!(error instanceof Error)) return error
  if (error instanceof pg.DatabaseError) {
    const { code = '', message } = error
    const known = unavailableCodes.find(([pattern]) => pattern.test(code))
    if (known === undefined) return error
    const text = `PostgreSQL at ${server} ${known[1]} (${code}: ${message}).`
    return new DatabaseUnavailable(withRepair(text, error), { cause: error })
  }
  return isConnectionError(error) ? notReachable(error, server) : error
}

/** Turns any error of getting a connection into a DatabaseUnavailable. */
export function notReachable(error: unknown, server: string): unknown {
  const known = error instanceof pg.DatabaseError ? toDatabaseUnavailable(error, server) : error
  if (known instanceof DatabaseUnavailable) return known
  const text = `PostgreSQL at ${server} is not reachable (${reasonOf(error)}).`
  return new DatabaseUnavailable(withRepair(text, error), { cause: error })
}

function withRepair(text: string, error: unknown): string {
  const repair = repairOf(error)
  return repair === undefined ? text : `${text} ${repair}`
}

// The driver's own errors have no code, so only their text identifies them.
const driverMessages =
  /^(Connection terminated|Query read timeout|Client has encountered a connection error|Client was closed|timeout )/

function isConnectionError(error: Error): boolean {
  // Matches system errors (ECONNRESET) and TLS errors, but not Node's own ERR_INVALID_ARG_TYPE and the like.
  return driverMessages.test(error.message) || /^(E(?!RR_)|ERR_(SSL|TLS)_)/.test(errorCode(error) ?? '')
}
