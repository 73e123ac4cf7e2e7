import { migrateDatabase } from '@app/router'

/**
 * Brings the database to this version, and says so when another process lets it wait.
 * @returns the migrations that ran
 */
export function migrateFirst(databaseUrl: string): Promise<string[]> {
  return migrateDatabase(databaseUrl, {
    onWait: () =>
      console.error('Waiting for the database, which another process has locked, for up to 60 s.'),
  })
}
