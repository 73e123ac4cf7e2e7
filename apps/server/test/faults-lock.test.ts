import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { testApp } from '../src/testing/test-app.ts'
import { get, post, reasonIn } from './raw-call.ts'

/**
 * `pnpm test:faults`: the waits of production, on a machine that does nothing else. By default
 * they are shorter, and a pause of the event loop may be the machine's own.
 */
const isFullLength = process.env['TEST_FULL_LENGTH'] === '1'
const waitMs = isFullLength ? 5_000 : 2_000
const longestPauseMs = isFullLength ? 100 : waitMs / 2

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

test.each([
  ['a thread', true],
  ['no thread', false],
])(
  'another process keeps the write lock (%s): reads go on, a write is told in time',
  async (_name, durable) => {
    await using app = await testApp({ database: { waitMs, durable } })
    const { cookies } = await post(app.url, 'auth.signup', ada)
    await using lock = await foreignLock(app.databaseUrl)
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const begun = performance.now()
    let answered = false
    const write = post(app.url, 'auth.signup', { ...ada, username: 'eve' }).then((answer) => {
      answered = true
      return { answer, tookMs: performance.now() - begun }
    })
    let reads = 0
    while (!answered) {
      expect((await get(app.url, 'account.me', cookies[0])).status).toBe(200)
      reads += 1
    }
    delay.disable()
    const { answer, tookMs } = await write
    expect([answer.status, reasonIn(answer)]).toEqual([503, 'UNAVAILABLE'])
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(tookMs).toBeGreaterThanOrEqual(waitMs)
    expect(tookMs).toBeLessThan(waitMs * 2)
    // One or two, if it had to wait with the write.
    expect(reads).toBeGreaterThan(3)
    expect(delay.max / 1e6).toBeLessThan(longestPauseMs)
    await lock.release()
    expect((await post(app.url, 'auth.signup', { ...ada, username: 'eve' })).status).toBe(200)
  },
)
