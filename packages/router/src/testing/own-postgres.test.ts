import { chmodSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { missingOwnPostgres, startOwnPostgres } from './own-postgres.ts'
import { temporaryFolder } from './temporary-folder.ts'

const why = missingOwnPostgres()
const isRoot = process.getuid?.() === 0

/** Where `startOwnPostgres` creates its folder, until the end of the block. */
function placeForFolders() {
  const place = temporaryFolder()
  vi.stubEnv('TMPDIR', place.path)
  return place
}

describe.skipIf(why !== '')(`an own PostgreSQL${why}`, () => {
  afterEach(() => vi.unstubAllEnvs())

  test.runIf(isRoot)('own PostgreSQL: leaves no folder when its data cannot be created', async () => {
    // Only root may enter the place, and initdb does not run as root.
    using place = placeForFolders()
    await expect(startOwnPostgres()).rejects.toThrow(/initdb/)
    expect(readdirSync(place.path)).toEqual([])
  })

  test('own PostgreSQL: a start that fails rejects, and the end leaves no folder', async () => {
    using place = placeForFolders()
    chmodSync(place.path, 0o777)
    {
      await using postgres = await startOwnPostgres()
      await postgres.stop('immediate')
      const [folder = ''] = readdirSync(place.path)
      rmSync(path.join(place.path, folder, 'data/global'), { recursive: true })
      await expect(postgres.start()).rejects.toThrow(
        /^PostgreSQL ended: .*could not find the database system/,
      )
      rmSync(path.join(place.path, folder), { recursive: true })
      // The system cannot start a program in a folder that does not exist.
      await expect(postgres.start()).rejects.toThrow(/ENOENT/)
    }
    expect(readdirSync(place.path)).toEqual([])
  })
})
