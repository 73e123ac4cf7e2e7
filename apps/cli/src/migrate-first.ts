import { migrateDatabase } from '@app/router'

/**
 * Migrates the database to this version, and prints a line while the database makes it wait.
 * @returns the migrations that ran
 */
export function migrateFirst(databaseUrl: string): Promise<string[]> {
  return migrateDatabase(databaseUrl, { onWait: (line) => console.error(line) })
}
