import type { Kysely } from 'kysely'
import { errorCode } from '../error-code.ts'
import type { Migration } from './migration.ts'
import { SchemaMismatch } from './schema-mismatch.ts'
import type { Tables } from './tables.ts'

/** The records of `migrate`; features do not use them. */
export type MigrationTables = {
  schema_migrations: { name: string; applied_at: number }
}

/** Returns the names in the database; none if it was never migrated. */
export async function recordedMigrations(db: Kysely<Tables>): Promise<string[]> {
  try {
    const rows = await db
      .$extendTables<MigrationTables>()
      .selectFrom('schema_migrations')
      .select('name')
      .orderBy('name')
      .execute()
    return rows.map(({ name }) => name)
  } catch (error) {
    if (isMissingTable(error)) return []
    throw error
  }
}

export function compareSchema(
  recorded: readonly string[],
  migrations: readonly Migration[],
): { unknown: string[]; missing: Migration[] } {
  return {
    unknown: recorded.filter((name) => !migrations.some((migration) => migration.name === name)),
    missing: migrations.filter(({ name }) => !recorded.includes(name)),
  }
}

/** @throws SchemaMismatch */
export function assertCurrent(
  recorded: readonly string[],
  migrations: readonly Migration[],
  options: { readonly acceptNewer: boolean },
): void {
  const { unknown, missing } = compareSchema(recorded, migrations)
  if (unknown.length > 0 && !options.acceptNewer) throw new SchemaMismatch('newer', unknown)
  if (missing.length > 0) {
    throw new SchemaMismatch(
      'pending',
      missing.map(({ name }) => name),
    )
  }
}

/** Recognises the errors of both drivers without their classes, which would load both. */
function isMissingTable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return errorCode(error) === '42P01' || error.message.startsWith('no such table')
}
