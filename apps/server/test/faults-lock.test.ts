import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { testApp, type TestApp } from '../src/testing/test-app.ts'
import { get, post, reasonIn } from './raw-call.ts'

/** `pnpm test:faults` has the waits of production; by default they are shorter. */
const isFullLength = process.env['TEST_FULL_LENGTH'] === '1'
const waitMs = isFullLength ? 5_000 : 2_000

const ada = { username: 'ada', password: 'correct horse battery' }
const holder = fileURLToPath(new URL('./hold-write-lock.ts', import.meta.url))

async function foreignLock(databaseUrl: string): Promise<AsyncDisposable & { release: () => Promise<void> }> {
  const child = spawn(process.execPath, [holder, databaseUrl.slice('file:'.length)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  await once(child.stdout, 'data')
  const release = async () => {
    child.stdin.end()
    await ended
  }
  return { release, [Symbol.asyncDispose]: release }
}

/** Reads one after the other until `isOver`; each must be answered. */
async function readOn(app: TestApp, cookie: string | undefined, isOver: () => boolean) {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  let reads = 0
  while (!isOver()) {
    expect((await get(app.url, 'account.me', cookie)).status).toBe(200)
    reads += 1
  }
  delay.disable()
  return { reads, longestPauseMs: delay.max / 1e6 }
}

/** How long the event loop may stand: a busy machine stops it by itself, so a long run measures that first. */
async function acceptedPauseMs(app: TestApp, cookie: string | undefined): Promise<number> {
  if (!isFullLength) return waitMs / 2
  const end = performance.now() + waitMs
  const { longestPauseMs } = await readOn(app, cookie, () => performance.now() > end)
  return Math.max(100, 2 * longestPauseMs)
}

test.each([
  ['a thread', true],
  ['no thread', false],
])(
  'another process keeps the write lock (%s): reads go on, a write is told in time',
  async (_name, durable) => {
    await using app = await testApp({ database: { waitMs, durable } })
    const { cookies } = await post(app.url, 'auth.signup', ada)
    const accepted = await acceptedPauseMs(app, cookies[0])
    await using lock = await foreignLock(app.databaseUrl)
    const begun = performance.now()
    let answered = false
    const write = post(app.url, 'auth.signup', { ...ada, username: 'eve' }).then((answer) => {
      answered = true
      return { answer, tookMs: performance.now() - begun }
    })
    const { reads, longestPauseMs } = await readOn(app, cookies[0], () => answered)
    const { answer, tookMs } = await write
    expect([answer.status, reasonIn(answer)]).toEqual([503, 'UNAVAILABLE'])
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(tookMs).toBeGreaterThanOrEqual(waitMs)
    expect(tookMs).toBeLessThan(waitMs * 2)
    // One or two, if they had to wait with the write.
    expect(reads).toBeGreaterThan(3)
    expect(longestPauseMs).toBeLessThan(accepted)
    await lock.release()
    expect((await post(app.url, 'auth.signup', { ...ada, username: 'eve' })).status).toBe(200)
  },
)
