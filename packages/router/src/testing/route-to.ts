import { onServer } from './test-postgres.ts'

/**
 * Leads new connections to a server that accepts only reads, or to the primary, as a fail-over does. A
 * connection reads the setting of the database when it starts, so it keeps its kind of server.
 */
export async function routeTo(url: string, server: 'primary' | 'standby'): Promise<void> {
  const name = new URL(url).pathname.slice(1)
  const change =
    server === 'standby' ? 'set default_transaction_read_only = on' : 'reset default_transaction_read_only'
  await onServer((client) => client.query(`alter database ${name} ${change}`))
}
