import { closeSync, openSync } from 'node:fs'
import path from 'node:path'
import { reasonOf } from '../../error-code.ts'
import { makeFolder } from '../../settings/make-folder.ts'
import { DatabaseUnavailable } from '../database-unavailable.ts'

/**
 * Creates a missing file and its folder, readable by this user only, because the file contains password
 * hashes. SQLite gives its -wal and -shm files the same mode.
 * @throws DatabaseUnavailable with the path and what to do
 */
export function prepareSqliteFile(file: string): void {
  const folder = path.dirname(file)
  attempt(`Cannot create the folder ${folder} for the database`, () => makeFolder(folder))
  attempt(`Cannot open the database file ${file} for writing`, () => closeSync(openSync(file, 'a', 0o600)))
}

function attempt(problem: string, work: () => unknown): void {
  try {
    work()
  } catch (error) {
    throw new DatabaseUnavailable(
      `${problem} (${reasonOf(error)}). Make it writable for this user, or set DATABASE_URL to another place.`,
      { cause: error },
    )
  }
}
