import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { batchAnswerLimitBytes } from '@app/contract'
import { isInstalled, withSmallBuffers } from '@app/router/testing'
import { describe, expect, test } from 'vitest'
import type { InFlightByteLimits } from '../../src/admission/in-flight-bytes.ts'

const mebibyte = 1024 * 1024
const fixture = fileURLToPath(new URL('./unread-responses.fixture.ts', import.meta.url))

/** Runs the fixture. @returns for each connection the bytes that it could read; 0 if it was cut off */
async function unreadBytes(
  accounts: number,
  connections: number,
  limits?: InFlightByteLimits,
  kind = 'trpc',
) {
  const [program, ...args] = withSmallBuffers
  const options = [JSON.stringify(limits) ?? '', String(accounts), String(connections), kind]
  const { stdout } = await promisify(execFile)(program, [...args, process.execPath, fixture, ...options])
  // Sound: the fixture prints it.
  return JSON.parse(stdout) as number[]
}

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0)
const missing = isInstalled('small-buffers') ? '' : ' (skipped: no network namespaces)'

describe.skipIf(missing !== '')(`unread responses${missing}`, () => {
  test('of 60 batches of one account, the oldest are cut off: 8 MB are in memory', async () => {
    const sizes = await unreadBytes(1, 60)
    expect(Math.max(...sizes)).toBeGreaterThan(0.9 * batchAnswerLimitBytes)
    expect(sum(sizes)).toBeLessThanOrEqual(8 * mebibyte)
    expect([sizes[0], sizes.at(-1)]).toEqual([0, Math.max(...sizes)])
  })

  test.each([
    ['/api/v1', 'rest'],
    ['the tutorials’ API', 'tutorial'],
  ])('of 20 lists under %s, the oldest are cut off: 1 MB is in memory', async (_, kind) => {
    const limits = { caller: mebibyte, process: 8 * mebibyte }
    const sizes = await unreadBytes(1, 20, limits, kind)
    expect(sum(sizes)).toBeLessThanOrEqual(limits.caller)
    expect(sizes.filter((size) => size > 0).length).toBeGreaterThan(5)
    expect([sizes[0], sizes.at(-1)]).toEqual([0, Math.max(...sizes)])
  })

  test('of 30 batches of three accounts, the oldest are cut off when the process is full', async () => {
    const sizes = await unreadBytes(3, 30, { caller: 8 * mebibyte, process: 4 * mebibyte })
    expect(sum(sizes)).toBeLessThanOrEqual(4 * mebibyte)
    expect([sizes[0], sizes.at(-1)]).toEqual([0, Math.max(...sizes)])
  })
})
