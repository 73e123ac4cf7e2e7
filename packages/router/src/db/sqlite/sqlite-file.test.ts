import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../testing/temporary-folder.ts'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import { migrateDatabase, openDatabase } from '../open-database.ts'
import { repositoryRoot } from '../repository-root.ts'

const unprivilegedUid = 65_534

/** Runs the work without superuser rights, which would bypass file permissions. Tests may run as root. */
async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work()
  process.seteuid?.(unprivilegedUid)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
  }
}

async function openFailure(url: string): Promise<string> {
  const error: unknown = await openDatabase(url).then(
    (db) => db.close(),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(DatabaseUnavailable)
  const message = String(error)
  expect(message).not.toContain('\n')
  return message
}

describe('the database file (SQLite)', () => {
  test('database file: is created with its folders, for this user only', async () => {
    using folder = temporaryFolder()
    const file = path.join(folder.path, 'a/b/app.db')
    const db = await openDatabase('file:a/b/app.db', { root: folder.path })
    try {
      expect(statSync(file).mode & 0o777).toBe(0o600)
      expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600)
      expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700)
      expect(statSync(path.join(folder.path, 'a')).mode & 0o777).toBe(0o700)
    } finally {
      await db.close()
    }
  })

  test('database file: a relative path starts at the repository root', () => {
    expect(statSync(path.join(repositoryRoot, 'pnpm-workspace.yaml')).isFile()).toBe(true)
  })

  test('database file: names a folder that cannot be written, and the fix', async () => {
    using folder = temporaryFolder()
    chmodSync(folder.path, 0o555)
    expect(await asOrdinaryUser(() => openFailure(`file:${folder.path}/data/app.db`))).toBe(
      `DatabaseUnavailable: Cannot create the folder ${folder.path}/data for the database (EACCES). Make it writable for this user, or set DATABASE_URL to another place.`,
    )
    expect(await asOrdinaryUser(() => openFailure(`file:${folder.path}/app.db`))).toContain(
      `Cannot open the database file ${folder.path}/app.db for writing (EACCES).`,
    )
  })

  test('database file: names a writable file in a read-only folder', async () => {
    using folder = temporaryFolder()
    const file = path.join(folder.path, 'app.db')
    await migrateDatabase(`file:${file}`)
    chmodSync(file, 0o666)
    chmodSync(folder.path, 0o555)
    expect(await asOrdinaryUser(() => openFailure(`file:${file}`))).toContain(file)
  })

  test('database file: names a folder at the path of the file', async () => {
    using folder = temporaryFolder()
    mkdirSync(path.join(folder.path, 'app.db'))
    expect(await openFailure(`file:${folder.path}/app.db`)).toMatch(/app\.db .*\(EISDIR\)/)
  })

  test('database file: names a file that is no database', async () => {
    using folder = temporaryFolder()
    const file = path.join(folder.path, 'app.db')
    writeFileSync(file, 'Dear diary, '.repeat(1000))
    expect(await openFailure(`file:${file}`)).toContain(`${file} is damaged, or not a database of`)
  })

  test('database file: throws DatabaseUnavailable while its pages are damaged', async () => {
    using folder = temporaryFolder()
    const file = path.join(folder.path, 'app.db')
    await migrateDatabase(`file:${file}`)
    const whole = readFileSync(file)
    const db = await openDatabase(`file:${file}`)
    try {
      await db.check()
      writeFileSync(file, Buffer.alloc(whole.length, 7))
      const read = () => db.read.selectFrom('emails').selectAll().execute()
      await expect(read()).rejects.toThrow(DatabaseUnavailable)
      await expect(read()).rejects.toThrow(DatabaseUnavailable)
      writeFileSync(file, whole)
      expect(await read()).toEqual([])
    } finally {
      await db.close()
    }
  })
})
