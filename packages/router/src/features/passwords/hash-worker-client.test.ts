import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Worker } from 'node:worker_threads'
import bcrypt from 'bcrypt'
import { expect, test } from 'vitest'
import { createHashWorkers } from './hash-worker-client.ts'
import type { HashWorkers } from './hash-worker-client.ts'

const fixture = fileURLToPath(new URL('./hash-worker-client.fixture.ts', import.meta.url))

function testWorkers(count = 1): HashWorkers & AsyncDisposable {
  const workers = createHashWorkers({ threads: count })
  return { ...workers, [Symbol.asyncDispose]: workers.close }
}

/** Collects the workers that start from now on, and their exit codes. */
function startedWorkers(): Disposable & { readonly workers: Worker[]; readonly exitCodes: number[] } {
  const workers: Worker[] = []
  const exitCodes: number[] = []
  const note = (worker: Worker) => {
    workers.push(worker)
    worker.once('exit', (code) => exitCodes.push(code))
  }
  process.on('worker', note)
  return { workers, exitCodes, [Symbol.dispose]: () => void process.off('worker', note) }
}

/** Returns the niceness of each thread of this process, in ascending order. */
function nicenesses(): number[] {
  const stats = readdirSync('/proc/self/task').map((id) => readFileSync(`/proc/self/task/${id}/stat`, 'utf8'))
  // The name, in parentheses, may contain spaces; the niceness is the 17th field after it (proc_pid_stat(5)).
  const all = stats.map((stat) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]))
  return all.toSorted((a, b) => a - b)
}

test('hash workers: make bcrypt hashes and compare with them', async () => {
  await using workers = testWorkers()
  const made = await workers.hash('text', 5)
  expect(made).toMatch(/^\$2b\$05\$/)
  expect(await bcrypt.compare('text', made)).toBe(true)
  expect(await workers.compare('text', await bcrypt.hash('text', 4))).toBe(true)
  expect(await workers.compare('test', made)).toBe(false)
  expect(await workers.compare('test', made, [await bcrypt.hash('test', 4)])).toBe(false)
  expect(await workers.compare('text', made, [await bcrypt.hash('test', 4)])).toBe(true)
  expect(await workers.compare('text', 'no hash')).toBe(false)
})

test('hash workers: start as many as are allowed, when there is work for them', async () => {
  using started = startedWorkers()
  await using workers = testWorkers(2)
  expect(started.workers).toHaveLength(0)
  await workers.hash('text', 4)
  await workers.hash('text', 4)
  expect(started.workers).toHaveLength(1)
  const stored = await Promise.all(Array.from({ length: 9 }, () => workers.hash('text', 4)))
  expect(new Set(stored).size).toBe(9)
  expect(started.workers).toHaveLength(2)
})

test.runIf(process.platform === 'linux')(
  'hash workers: have the lowest priority of the process',
  async () => {
    await using workers = testWorkers()
    const before = nicenesses()
    await workers.hash('text', 4)
    const [most = 0] = before
    expect(most).toBeLessThan(19)
    expect(nicenesses().filter((niceness) => niceness === 19)).toHaveLength(1)
    expect(nicenesses().filter((niceness) => niceness === most).length).toBeGreaterThanOrEqual(before.length)
  },
)

test('hash workers: one that ends fails its own call only, and is replaced', async () => {
  using started = startedWorkers()
  await using workers = testWorkers()
  process.once('worker', (worker) => void worker.terminate())
  const [first, second] = await Promise.allSettled([workers.hash('first', 4), workers.hash('second', 4)])
  expect(first).toMatchObject({
    status: 'rejected',
    reason: { message: 'A worker that hashes passwords ended.' },
  })
  expect(second).toMatchObject({ status: 'fulfilled', value: expect.stringMatching(/^\$2b\$04\$/) })
  expect(started.workers).toHaveLength(2)
})

test('hash workers: one that ends while idle is replaced', async () => {
  using started = startedWorkers()
  await using workers = testWorkers()
  await workers.hash('text', 4)
  await started.workers[0]?.terminate()
  expect(await workers.hash('text', 4)).toMatch(/^\$2b\$04\$/)
})

test('hash workers: closing finishes requested hashes and leaves no thread', async () => {
  using started = startedWorkers()
  const workers = createHashWorkers({ threads: 2 })
  const begun = Promise.all(['a', 'b', 'c'].map((text) => workers.hash(text, 4)))
  await workers.close()
  expect(await begun).toHaveLength(3)
  expect(started.exitCodes).toEqual([0, 0])
  await expect(workers.hash('text', 4)).rejects.toThrow('closing')
})

test('hash workers: idle ones keep no process alive', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [fixture])
  expect(stdout).toBe('hashed\n')
})
