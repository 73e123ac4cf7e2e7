import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** A server of the built tree. */
export interface BuiltServer extends AsyncDisposable {
  readonly port: number
  /** From the spawn to the first 200 of `/readyz`. */
  readonly startMs: number
  /** Of the process that was spawned: the server itself, if no other program starts it. */
  readonly pid: number
}

const root = fileURLToPath(new URL('../../', import.meta.url))
/** What `npm start` runs after the build. */
const server = [process.execPath, 'apps/server/dist/main.js']

/**
 * Starts the server and waits until it is ready. It ends with this process.
 * @throws Error when it ends before
 */
export async function startBuiltServer(
  port: number,
  settings: Record<string, string>,
  [program = '', ...args] = server,
): Promise<BuiltServer> {
  const startedAt = performance.now()
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    // Its own group, which is stopped as a whole.
    detached: true,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      ENV_FILE: '/dev/null',
      LOG_LEVEL: 'warn',
      PORT: String(port),
      ...settings,
    },
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${program} did not start`)
  const stop = () => process.kill(-pid, 'SIGTERM')
  const exit = () => process.exit(1)
  // Ctrl-C does not reach the group. Without a listener it ends this process without an `exit` event.
  process.once('exit', stop).once('SIGINT', exit).once('SIGTERM', exit)
  child.once('exit', () => process.off('exit', stop).off('SIGINT', exit).off('SIGTERM', exit))
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`)
    await sleep(5)
  }
  const startMs = performance.now() - startedAt
  return {
    port,
    startMs,
    pid,
    [Symbol.asyncDispose]: async () => {
      const ended = once(child, 'exit')
      stop()
      await ended
    },
  }
}

/** Returns the resident memory in megabytes, and how much of it no other process shares. */
export function memoryOf(pid: number): { residentMb: number; ownMb: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1_024
  return { residentMb: of('VmRSS'), ownMb: of('RssAnon') }
}

function isReady(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  request({ port, host: '127.0.0.1', path: '/readyz', agent: false }, (answer) => {
    answer.resume()
    resolve(answer.statusCode === 200)
  })
    .once('error', () => resolve(false))
    .end()
  return promise
}
