import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync } from 'node:fs'
import { promisify } from 'node:util'
import { freePort } from '../../../../tools/free-port.ts'
import { asPostgres, isInstalled, postgresPrograms } from '../../../../tools/optional-programs.ts'
import { endProgram } from './end-program.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Why tests with a PostgreSQL of their own are skipped; empty when its server is installed. */
export function missingOwnPostgres(): string {
  return isInstalled('initdb') ? '' : ` (skipped: ${[...asPostgres, 'initdb'].join(' ')} does not run)`
}

/** The signals by which `pg_ctl stop -m` stops a server. */
const stopSignals = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const
export type StopMode = keyof typeof stopSignals

/** A PostgreSQL server with its own data, which is flushed to the disk as by default. */
export interface OwnPostgres extends AsyncDisposable {
  readonly url: string
  /** @param mode `immediate`: without a checkpoint, so that the next start recovers from a crash */
  stop(mode: StopMode): Promise<void>
  /** Resolves when the server accepts connections. */
  start(): Promise<void>
}

/** Creates and starts a server of the installed version in a temporary folder, on its own port. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  await using begun = new AsyncDisposableStack()
  const port = await freePort()
  const folder = begun.use(temporaryFolder())
  chmodSync(folder.path, 0o777)
  const data = `${folder.path}/data`
  const commandOf = (name: 'initdb' | 'postgres', options: readonly string[]) => {
    const [program = '', ...args] = [...asPostgres, postgresPrograms[name], '-D', data, ...options]
    return [program, args] as const
  }
  const started = { cwd: folder.path, env: { ...process.env, LC_ALL: 'C' } }
  const creation = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--no-sync']
  await promisify(execFile)(...commandOf('initdb', creation), started)
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: folder.path,
    // The maximum: a crash loses a commit of this time that did not wait for the disk.
    wal_writer_delay: '10s',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  let server: ChildProcess | undefined
  const start = async () => {
    server = spawn(...commandOf('postgres', options), { ...started, stdio: ['ignore', 'ignore', 'pipe'] })
    // Throws when there is no such program.
    await once(server, 'spawn')
    await untilReady(server)
  }
  const stop = async (mode: StopMode) => {
    if (server !== undefined) await endProgram(server, stopSignals[mode])
  }
  begun.defer(() => stop('fast'))
  await start()
  const stack = begun.move()
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop,
    start,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** @throws Error when the server ends before it accepts connections */
async function untilReady({ stderr }: ChildProcess): Promise<void> {
  let said = ''
  const lines = stderr?.setEncoding('utf8').iterator({ destroyOnReturn: false }) ?? []
  for await (const text of lines) {
    said += String(text)
    if (!said.includes('database system is ready to accept connections')) continue
    stderr?.resume()
    return
  }
  throw new Error(`PostgreSQL ended: ${said}`)
}
