import type { ConnectionSettings } from '../connections.ts'

export type Access = 'read' | 'write'

/**
 * Returns the settings of our sessions on the server. The limits end before the caller's own deadline
 * (`waitMs`), so that a lock or a slow statement is reported as such and the connection stays usable.
 */
export function sessionSettings(
  access: Access,
  { waitMs, durable, purpose }: Pick<ConnectionSettings, 'waitMs' | 'durable' | 'purpose'>,
): Record<string, string> {
  const milliseconds = (share: number) => String(Math.ceil(waitMs * share))
  return {
    ...(access === 'read' && { default_transaction_read_only: 'on' }),
    ...(!durable && { synchronous_commit: 'off' }),
    lock_timeout: milliseconds(0.8),
    ...(purpose === 'serve' && {
      statement_timeout: milliseconds(0.9),
      idle_in_transaction_session_timeout: milliseconds(1),
    }),
  }
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

/** Returns the settings as statements that follow the `begin` of one transaction. */
export function asLocalSettings(settings: Record<string, string>): string {
  return Object.entries(settings)
    .filter(([name]) => name !== 'default_transaction_read_only')
    .map(([name, value]) => `; set local ${name} = '${value}'`)
    .join('')
}
