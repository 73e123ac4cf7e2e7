import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { post } from './raw-call.ts'
import type { RawAnswer } from './raw-call.ts'

/** A script for a mount of 16 MB at "$0". */
export const smallDisk = 'mount -t tmpfs -o size=16m tmpfs "$0"'

/** Makes the folder of a disk, and the settings of a server whose database `app.db` is on it. */
export function diskIn(folder: { path: string }) {
  const disk = path.join(folder.path, 'disk')
  mkdirSync(disk)
  const files = { DATABASE_URL: `file:${disk}/app.db`, AUTH_SECRETS: 'x'.repeat(32) }
  return { disk, environment: { ...files, LIMITS: 'relaxed', LOG_LEVEL: 'warn' } }
}

/**
 * Fills a disk of 16 MB that has the database `app.db`, once the reserve is complete. The server creates the
 * reserve in the background, and removes a part that finds no space, which would take further writes.
 * @param write makes a small write, which is repeated until it fails: a larger transaction that found no
 * space leaves some in the write-ahead log
 * @returns the file to remove for space
 */
export async function fillDisk(disk: string, write: () => Promise<RawAnswer>): Promise<string> {
  const reserve = path.join(disk, 'app.db-reserve')
  await expect.poll(() => statSync(reserve, { throwIfNoEntry: false })?.size).toBe(2 * 1024 * 1024)
  const filler = path.join(disk, 'filler')
  const piece = Buffer.alloc(4_096)
  const writeOn = () => {
    for (;;) writeFileSync(filler, piece, { flag: 'a' })
  }
  expect(writeOn).toThrow('ENOSPC')
  await expect.poll(async () => (await write()).status).toBe(503)
  return filler
}

/** Makes a small write that differs each time. */
export function rename(url: string, cookie: string | undefined): Promise<RawAnswer> {
  return post(url, 'account.updateProfile', { name: `Ada ${performance.now()}` }, cookie)
}
