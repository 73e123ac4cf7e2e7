import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../../../tools/free-port.ts'

/** The bundle, if `npm test` has built it: it starts in a third of the CPU time. Otherwise the sources. */
const program = process.env['E2E_BUNDLE'] === '1' ? 'dist/main.js' : 'src/main.ts'
const main = fileURLToPath(new URL(`../../../server/${program}`, import.meta.url))
const compileCache = fileURLToPath(new URL('../../../../node_modules/.cache/node', import.meta.url))

/** Settings of every server. They replace the developer's `.env`. */
const settings = {
  ENV_FILE: '/dev/null',
  SIGNUP: 'open',
  LOG_LEVEL: 'warn',
  // Cheap hashes and wide limits: all tests of a worker come from one address.
  PASSWORD_HASH_COST: '4',
  LIMITS: 'relaxed',
}

/** The real server with the built web app, in a separate process with its own database. */
export interface Server {
  /** Without a path. It stays the same after a restart. */
  readonly url: string
  readonly databaseFile: string
  /** The environment for commands that use the same database. */
  readonly environment: Record<string, string>
  /** False between a stop and a start. */
  readonly isRunning: boolean
  /** Stops the server with SIGTERM. @throws Error when its exit code is not 0 or it logged an error */
  stop(): Promise<void>
  start(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Starts a server.
 * @param overrides settings that differ from the defaults above
 */
export async function startServer(overrides: Record<string, string> = {}): Promise<Server> {
  const folder = mkdtempSync(path.join(tmpdir(), 'app-web-'))
  const databaseFile = path.join(folder, 'app.db')
  const environment = {
    PATH: process.env['PATH'] ?? '',
    // Node's compile cache: a server starts in two thirds of the time.
    NODE_COMPILE_CACHE: compileCache,
    ...settings,
    ...overrides,
    DATABASE_URL: `file:${databaseFile}`,
    // Fixed over a restart, because cookie names contain the port.
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
  const { promise: ended, resolve: resolveEnded } = Promise.withResolvers<string>()
  const { promise: ready, resolve: resolveReady } = Promise.withResolvers<string>()
  child.once('close', (code, signal) => resolveEnded(`exit ${code ?? signal ?? 'unknown'}`))
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      // A PUBLIC_URL with https is the address of a proxy, which tests do without.
      const url = /ready on (https?:\S+)\n/.exec(output)?.[1]
      if (url !== undefined) resolveReady(url.startsWith('https:') ? `http://localhost:${env['PORT']}` : url)
    })
  }
  const url = await Promise.race([ready, ended.then((how) => failed(`The server did not start: ${how}`))])
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM')
      const how = await ended
      if (how !== 'exit 0') failed(`The server did not stop cleanly: ${how}`)
      if (/"level":"(?:error|fatal)"/.test(output)) failed('The server logged an error')
    },
  }

  function failed(what: string): never {
    throw new Error(`${what}\n${output}`)
  }
}
