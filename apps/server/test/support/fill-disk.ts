import { statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'

/**
 * Fills a disk of 16 MB that has the database `app.db`, once the reserve is complete. The server creates the
 * reserve in the background, and removes a part that finds no space, which would take further writes.
 * @returns the file to remove for space
 */
export async function fillDisk(disk: string): Promise<string> {
  const reserve = path.join(disk, 'app.db-reserve')
  await expect.poll(() => statSync(reserve, { throwIfNoEntry: false })?.size).toBe(2 * 1024 * 1024)
  const filler = path.join(disk, 'filler')
  const piece = Buffer.alloc(4_096)
  const writeOn = () => {
    for (;;) writeFileSync(filler, piece, { flag: 'a' })
  }
  expect(writeOn).toThrow('ENOSPC')
  return filler
}
