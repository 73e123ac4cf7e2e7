import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Database, DatabaseKind } from '../db/database.ts'
import { migrateDatabase, openDatabase } from '../db/open-database.ts'
import type { DatabaseOptions } from '../db/open-database.ts'
import { migratedPostgres } from './spare-postgres.ts'
import type { EmptyTestDatabase } from './spare-postgres.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { createPostgresDatabase, dropPostgresDatabase } from './test-postgres.ts'

export interface TestDatabase extends EmptyTestDatabase {
  readonly db: Database
}

/**
 * Opens a fresh, migrated database, deleted at the end of the block: `await using test = await
 * testDatabase(kind)`. Commits are not flushed to the disk unless `durable` is true.
 */
export async function testDatabase(kind: DatabaseKind, options: DatabaseOptions = {}): Promise<TestDatabase> {
  const database = await migratedTestDatabase(kind)
  try {
    // On a busy machine fast work takes long; tests of the wait set its limit.
    const db = await openDatabase(database.url, { durable: false, poolSize: 4, waitMs: 60_000, ...options })
    return {
      kind,
      url: database.url,
      db,
      async [Symbol.asyncDispose]() {
        await db.close()
        await database[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await database[Symbol.asyncDispose]()
    throw error
  }
}

/** Creates a migrated database that is not open. */
export async function migratedTestDatabase(kind: DatabaseKind): Promise<EmptyTestDatabase> {
  return kind === 'sqlite' ? copySqliteTemplate() : migratedPostgres()
}

/** Creates a database that is neither migrated nor open. */
export async function emptyTestDatabase(kind: DatabaseKind): Promise<EmptyTestDatabase> {
  return kind === 'sqlite' ? emptySqlite() : emptyPostgres()
}

function emptySqlite(content?: Buffer): EmptyTestDatabase {
  const folder = temporaryFolder()
  const file = path.join(folder.path, 'test.db')
  if (content !== undefined) writeFileSync(file, content, { mode: 0o600 })
  return {
    kind: 'sqlite',
    url: `file:${file}`,
    [Symbol.asyncDispose]: async () => folder[Symbol.dispose](),
  }
}

async function emptyPostgres(): Promise<EmptyTestDatabase> {
  const { name, url } = await createPostgresDatabase()
  return { kind: 'postgres', url, [Symbol.asyncDispose]: () => dropPostgresDatabase(name) }
}

// Migrating takes longer than copying, so each process migrates once. Tests share only this file and the
// spare PostgreSQL databases.
let sqliteTemplate: Promise<Buffer> | undefined

async function copySqliteTemplate(): Promise<EmptyTestDatabase> {
  sqliteTemplate ??= migratedSqliteFile()
  return emptySqlite(await sqliteTemplate)
}

async function migratedSqliteFile(): Promise<Buffer> {
  await using database = emptySqlite()
  await migrateDatabase(database.url, { durable: false })
  return readFileSync(database.url.slice('file:'.length))
}
