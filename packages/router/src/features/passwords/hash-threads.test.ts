import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Worker } from 'node:worker_threads'

import bcrypt from 'bcrypt'
import { expect, test } from 'vitest'

import { foreignMessages } from '../../testing/index.ts'
import { createHashThreads, type HashThreads } from './hash-threads.ts'

const fixture = fileURLToPath(new URL('./hash-threads.fixture.ts', import.meta.url))

function testThreads(count = 1): HashThreads & AsyncDisposable {
  const threads = createHashThreads({ threads: count })
  return { ...threads, [Symbol.asyncDispose]: threads.close }
}

/** The threads that are started from now on, and with which codes they ended. */
function startedThreads(): Disposable & { readonly workers: Worker[]; readonly exitCodes: number[] } {
  const workers: Worker[] = []
  const exitCodes: number[] = []
  const note = (worker: Worker) => {
    workers.push(worker)
    worker.once('exit', (code) => exitCodes.push(code))
  }
  process.on('worker', note)
  return { workers, exitCodes, [Symbol.dispose]: () => void process.off('worker', note) }
}

/** How nice each thread of this process is, in ascending order. */
function nicenesses(): number[] {
  const stats = readdirSync('/proc/self/task').map((id) => readFileSync(`/proc/self/task/${id}/stat`, 'utf8'))
  // The name, in parentheses, may hold spaces; the niceness is the 17th field after it (proc_pid_stat(5)).
  const all = stats.map((stat) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]))
  return all.toSorted((a, b) => a - b)
}

test('what they make is bcrypt', async () => {
  await using threads = testThreads()
  const made = await threads.hash('text', 5)
  expect(made).toMatch(/^\$2b\$05\$/)
  expect(await bcrypt.compare('text', made)).toBe(true)
  expect(await threads.compare('text', await bcrypt.hash('text', 4))).toBe(true)
  expect(await threads.compare('test', made)).toBe(false)
  expect(await threads.compare('test', made, [await bcrypt.hash('test', 4)])).toBe(false)
  expect(await threads.compare('text', made, [await bcrypt.hash('test', 4)])).toBe(true)
  expect(await threads.compare('text', 'no hash')).toBe(false)
})

test('as many as are allowed are started, when there is work for them', async () => {
  using started = startedThreads()
  await using threads = testThreads(2)
  expect(started.workers).toHaveLength(0)
  await threads.hash('text', 4)
  await threads.hash('text', 4)
  expect(started.workers).toHaveLength(1)
  const stored = await Promise.all(Array.from({ length: 9 }, () => threads.hash('text', 4)))
  expect(new Set(stored).size).toBe(9)
  expect(started.workers).toHaveLength(2)
})

test.runIf(process.platform === 'linux')('they yield to all other threads of the process', async () => {
  await using threads = testThreads()
  const before = nicenesses()
  await threads.hash('text', 4)
  const [most = 0] = before
  expect(most).toBeLessThan(19)
  expect(nicenesses().filter((niceness) => niceness === 19)).toHaveLength(1)
  expect(nicenesses().filter((niceness) => niceness === most).length).toBeGreaterThanOrEqual(before.length)
})

test('one that ends fails its own call only, and is replaced', async () => {
  using started = startedThreads()
  await using threads = testThreads()
  process.once('worker', (worker) => void worker.terminate())
  const [first, second] = await Promise.allSettled([threads.hash('first', 4), threads.hash('second', 4)])
  expect(first).toMatchObject({
    status: 'rejected',
    reason: { message: 'A thread that hashes passwords ended.' },
  })
  expect(second).toMatchObject({ status: 'fulfilled', value: expect.stringMatching(/^\$2b\$04\$/) })
  expect(started.workers).toHaveLength(2)
})

test('one that ends while nobody waits for it is replaced too', async () => {
  using started = startedThreads()
  await using threads = testThreads()
  await threads.hash('text', 4)
  await started.workers[0]?.terminate()
  expect(await threads.hash('text', 4)).toMatch(/^\$2b\$04\$/)
})

test('messages that answer no request are ignored, as those of node --watch are', async () => {
  await using threads = testThreads()
  process.once('worker', (worker) => {
    for (const foreign of foreignMessages) setImmediate(() => worker.emit('message', foreign))
  })
  expect(await threads.compare('text', await bcrypt.hash('text', 4))).toBe(true)
})

test('closing lets what has begun come to its end, and no thread is left', async () => {
  using started = startedThreads()
  const threads = createHashThreads({ threads: 2 })
  const begun = Promise.all(['a', 'b', 'c'].map((text) => threads.hash(text, 4)))
  await threads.close()
  expect(await begun).toHaveLength(3)
  expect(started.exitCodes).toEqual([0, 0])
  await expect(threads.hash('text', 4)).rejects.toThrow('closing')
})

test('idle ones keep no process alive', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [fixture])
  expect(stdout).toBe('hashed\n')
})
