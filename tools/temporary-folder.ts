import { accessSync, constants, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

const inMemory = '/dev/shm'
const neededBytes = 2 * 2 ** 30

/**
 * Returns where tests keep databases and other temporary files: TMPDIR if it is set, else a folder in memory
 * where Linux has one with enough space, so that a slow disk does not fail a test by a time-out. A container
 * has 64 MB there by default.
 */
export function temporaryFolder(): string {
  if (process.env['TMPDIR'] !== undefined) return process.env['TMPDIR']
  try {
    accessSync(inMemory, constants.W_OK)
    const { bavail, bsize } = statfsSync(inMemory)
    return bavail * bsize >= neededBytes ? inMemory : tmpdir()
  } catch {
    return tmpdir()
  }
}
