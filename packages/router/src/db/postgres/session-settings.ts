import type { ConnectionSettings } from '../connections.ts'

export type Access = 'read' | 'write'

/** Returns the settings of our sessions on the server. */
export function sessionSettings(
  access: Access,
  { waitMs, durable, purpose }: Pick<ConnectionSettings, 'waitMs' | 'durable' | 'purpose'>,
): Record<string, string> {
  return {
    ...(access === 'read' && { default_transaction_read_only: 'on' }),
    ...(!durable && { synchronous_commit: 'off' }),
    ...statementLimits(waitMs, purpose),
    ...(purpose === 'serve' && { idle_in_transaction_session_timeout: milliseconds(waitMs) }),
  }
}

/** Returns the limits of a transaction whose caller waits for `leftMs`; none if those of the session do. */
export function shorterLimits(
  leftMs: number,
  { waitMs, purpose }: Pick<ConnectionSettings, 'waitMs' | 'purpose'>,
): Record<string, string> {
  return leftMs < waitMs * 0.9 ? statementLimits(leftMs, purpose) : {}
}

/**
 * Returns the limits of a statement whose caller waits for `leftMs`. They end before, so that a lock or a
 * slow statement is reported as such, its locks are released and the connection stays usable.
 */
function statementLimits(leftMs: number, purpose: ConnectionSettings['purpose']): Record<string, string> {
  return {
    lock_timeout: milliseconds(leftMs * 0.8),
    ...(purpose === 'serve' && { statement_timeout: milliseconds(leftMs * 0.9) }),
  }
}

function milliseconds(ms: number): string {
  return String(Math.ceil(ms))
}

/**
 * A pooler such as PgBouncer accepted our start-up parameters and did not pass them on
 * (`ignore_startup_parameters`).
 */
export class SessionSettingsIgnored extends Error {
  override readonly name = 'SessionSettingsIgnored'
}

/** Returns `-c name=value …`, for the start-up parameter `options`. */
export function asStartupOptions(settings: Record<string, string>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
}

/** Returns the statements that begin a transaction with separate settings. */
export function beginStatements(
  access: Access,
  settings: Record<string, string>,
  isolationLevel?: string,
): string {
  const mode = access === 'read' ? ' read only' : ''
  const level = isolationLevel === undefined ? '' : ` isolation level ${isolationLevel}`
  const local = Object.entries(settings)
    .filter(([name]) => name !== 'default_transaction_read_only')
    .map(([name, value]) => `; set local ${name} = '${value}'`)
  return `begin${level}${mode}${local.join('')}`
}
