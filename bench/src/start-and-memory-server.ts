import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** A server that `npm start` started. */
export interface NpmServer extends AsyncDisposable {
  readonly port: number
  /** From the spawn to the first 200 of `/readyz`. */
  readonly startMs: number
  /** The server itself, not npm. */
  readonly pid: number
}

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Starts the server and waits until it is ready. @throws Error when it ends before */
export async function npmStart(port: number, settings: Record<string, string>): Promise<NpmServer> {
  const startedAt = performance.now()
  const npm = spawn('npm', ['start'], {
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
  while (!(await isReady(port))) {
    if (npm.exitCode !== null) throw new Error(`npm start ended with ${npm.exitCode}`)
    await sleep(5)
  }
  const startMs = performance.now() - startedAt
  const group = npm.pid ?? 0
  return {
    port,
    startMs,
    pid: serverOf(group),
    [Symbol.asyncDispose]: async () => {
      const ended = once(npm, 'exit')
      process.kill(-group, 'SIGTERM')
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

/** Finds the process of the group that runs the server. */
function serverOf(group: number): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const found = pids.find((pid) => {
    const [, fields = ''] = textOf(`/proc/${pid}/stat`).split(/\) (?=\S )/)
    return (
      fields.split(' ')[2] === String(group) && textOf(`/proc/${pid}/cmdline`).includes('apps/server/dist')
    )
  })
  if (found === undefined) throw new Error('The server was not found among the processes of npm start.')
  return Number(found)
}

/** Returns an empty text for a process that has ended. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
