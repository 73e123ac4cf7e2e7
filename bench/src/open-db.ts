import { createServices, readAccountSettings } from '@app/router'
import type { Services } from '@app/router'

export type Db = Services['db']

/** Opens a migrated database as a server does. */
export async function openDb(databaseUrl: string): Promise<Db> {
  const { settings, problems } = readAccountSettings({
    DATABASE_URL: databaseUrl,
    AUTH_SECRETS: 'a secret for this benchmark only',
  })
  if (settings === null) throw new Error(problems.join('\n'))
  const silent = () => undefined
  const { db } = await createServices(settings, {
    cookies: { secure: false, sameSite: 'lax', port: null },
    publicUrl: () => 'http://localhost',
    mailMode: 'none',
    log: { info: silent, warn: silent, error: silent },
  })
  return db
}
