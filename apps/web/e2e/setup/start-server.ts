import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.ts'

const main = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url))
const compiled = fileURLToPath(new URL('../../../../node_modules/.cache/node', import.meta.url))

/** The `.env` of the developer is not read. */
const settings = {
  ENV_FILE: '/dev/null',
  SIGNUP: 'open',
  LOG_LEVEL: 'warn',
  // Cheap hashes and wide limits: all tests of a worker come from one address.
  PASSWORD_HASH_COST: '4',
  LIMITS: 'relaxed',
}

/** The real server with the built web app, in a process of its own, with a database of its own. */
export interface Server {
  /** Without a path. It stays the same over a stop and a start. */
  readonly url: string
  readonly databaseFile: string
  /** The settings of a program that works on the same accounts. */
  readonly environment: Record<string, string>
  /** False between a stop and a start. */
  readonly isRunning: boolean
  /** As a signal of the system would. @throws Error when it does not end in peace */
  stop(): Promise<void>
  start(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** @param unlike settings that are not as usual */
export async function startServer(unlike: Record<string, string> = {}): Promise<Server> {
  const folder = mkdtempSync(path.join(tmpdir(), 'app-web-'))
  const databaseFile = path.join(folder, 'app.db')
  const environment = {
    PATH: process.env['PATH'] ?? '',
    // What Node made of the sources the last time: a server starts in two thirds of the time.
    NODE_COMPILE_CACHE: compiled,
    ...settings,
    ...unlike,
    DATABASE_URL: `file:${databaseFile}`,
    // It is part of the names of the cookies, which outlive a restart.
    PORT: String(await freePort()),
  }
  let running: Running | null = await run(environment)
  const { url } = running
  const stop = async () => {
    const stopping = running
    running = null
    await stopping?.stop()
  }
  return {
    url,
    databaseFile,
    environment,
    get isRunning() {
      return running !== null
    },
    stop,
    start: async () => {
      running = await run(environment)
    },
    [Symbol.asyncDispose]: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface Running {
  url: string
  stop: () => Promise<void>
}

async function run(env: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const { promise: ended, resolve: end } = Promise.withResolvers<string>()
  const { promise: ready, resolve: tellReady } = Promise.withResolvers<string>()
  child.once('close', (code, signal) => end(`it ended with ${code ?? signal ?? 'nothing'}`))
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const url = /ready on (http:\S+)\n/.exec(output)?.[1]
      if (url !== undefined) tellReady(url)
    })
  }
  const url = await Promise.race([ready, ended.then((how) => failed(`The server did not start: ${how}`))])
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM')
      const how = await ended
      if (how !== 'it ended with 0') failed(`The server did not stop in peace: ${how}`)
      if (/"level":"(?:error|fatal)"/.test(output)) failed('The server logged an error')
    },
  }

  function failed(what: string): never {
    throw new Error(`${what}\n${output}`)
  }
}
