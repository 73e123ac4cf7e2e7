import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { CommandFailed } from '../command.ts'
import { codeOf } from '../error-causes.ts'

const waitMs = 10_000
const retryMs = 25

/**
 * Runs work while no other process does the same. The work must not wait, so that a lock lasts milliseconds.
 * A lock of a process that was killed is removed.
 * @throws CommandFailed after 10 seconds
 */
export async function withLock<Value>(file: string, work: () => Value): Promise<Value> {
  const end = performance.now() + waitMs
  while (!take(file)) {
    if (isAbandoned(file)) removeAbandoned(file)
    else if (performance.now() > end) {
      throw new CommandFailed(`Another process uses ${file}. If none runs, delete the file.`)
    } else await sleep(retryMs)
  }
  try {
    return work()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file: string): boolean {
  try {
    const descriptor = openSync(file, 'wx', 0o600)
    writeSync(descriptor, String(process.pid))
    closeSync(descriptor)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** An empty lock belongs to a process between its two steps above. */
function isAbandoned(file: string): boolean {
  const holder = readHolder(file)
  if (!/^\d+$/.test(holder)) return false
  try {
    process.kill(Number(holder), 0)
    return false
  } catch (error) {
    return codeOf(error) === 'ESRCH'
  }
}

/**
 * Removes the lock of a process that ended. A second lock makes sure that no process removes the new lock of
 * another one that came first.
 */
function removeAbandoned(file: string): void {
  const guard = `${file}.guard`
  if (!take(guard)) return
  try {
    if (isAbandoned(file)) rmSync(file, { force: true })
  } finally {
    rmSync(guard, { force: true })
  }
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ''
    throw error
  }
}
