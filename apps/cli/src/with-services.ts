import { createServices, mailModeOf } from '@app/router'
import type { Services } from '@app/router'
import { migrateFirst } from './migrate-first.ts'
import { readSettings } from './read-settings.ts'

/**
 * Runs a command on the database of the settings, and migrates it first if needed. Reports that on standard
 * error, because scripts read links from standard output.
 */
export async function withServices(work: (services: Services) => Promise<void>): Promise<void> {
  const { accounts: settings, publicUrl, exposedBy } = readSettings()
  const migrations = await migrateFirst(settings.databaseUrl)
  if (migrations.length > 0) console.error(`Migrated the database: ${migrations.join(', ')}.`)
  const services = await createServices(settings, {
    // Commands have no requests, so no cookie is set.
    cookies: { secure: true, sameSite: 'lax', port: null },
    publicUrl: () => publicUrl,
    mailMode: mailModeOf({ isExposed: exposedBy.length > 0, smtp: settings.smtp }),
    log: {
      info: () => undefined,
      warn: (_fields, message) => console.error(message),
      error: (_fields, message) => console.error(message),
    },
  })
  try {
    await work(services)
  } finally {
    await services.close()
  }
}
