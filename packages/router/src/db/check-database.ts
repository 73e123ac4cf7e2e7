import { existsSync } from 'node:fs'
import { DatabaseUnavailable } from './database-unavailable.ts'
import { parseDatabaseUrl } from './database-url.ts'
import { migrations } from './migrations/index.ts'
import { connectToMigrate } from './open-database.ts'
import { repositoryRoot } from './repository-root.ts'
import { assertCurrent, recordedMigrations } from './schema-state.ts'

const waitMs = 5_000

/**
 * Checks that the database exists, answers within 5 seconds and has the migrations of this version. Creates
 * and migrates nothing.
 * @throws DatabaseUnavailable, SchemaMismatch
 */
export async function checkDatabase(url: string): Promise<void> {
  const location = parseDatabaseUrl(url, repositoryRoot)
  if (location.kind === 'sqlite' && !existsSync(location.file)) {
    throw new DatabaseUnavailable(`There is no database at ${location.file}. The first start creates it.`)
  }
  const connections = await connectToMigrate(url, { waitMs })
  try {
    assertCurrent(await recordedMigrations(connections.reader), migrations, { acceptNewer: false })
  } finally {
    await connections.close()
  }
}
