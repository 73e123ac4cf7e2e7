import { migrateDatabase } from '@app/router'

/**
 * Migrates the database to this version, and prints a line while another process makes it wait.
 * @returns the migrations that ran
 */
export function migrateFirst(databaseUrl: string): Promise<string[]> {
  return migrateDatabase(databaseUrl, {
    onWait: () =>
      console.error('Waiting for the database, which another process has locked, for up to 60 s.'),
  })
}
