import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '../../../../tools/free-port.ts'
import { isInstalled } from '../../../../tools/optional-programs.ts'
import { endProgram } from './end-program.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Why tests with Redis are skipped; empty when it is installed. */
export function missingRedis(): string {
  return isInstalled('redis-server') ? '' : ' (skipped: redis-server is not installed)'
}

/** A Redis server in its own process, without persistence. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string
  /** Ends it without a good-bye; its data is lost. */
  kill(): Promise<void>
  /** Starts it again on the same port. */
  restart(): Promise<void>
  /** Keeps its connections open and answers nothing until `thaw`. */
  freeze(): void
  thaw(): void
}

export async function startRedis(): Promise<RedisServer> {
  await using begun = new AsyncDisposableStack()
  const port = await freePort()
  const folder = begun.use(temporaryFolder())
  let child = await start(port, folder.path)
  const kill = () => endProgram(child, 'SIGKILL')
  begun.defer(kill)
  const stack = begun.move()
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    restart: async () => {
      child = await start(port, folder.path)
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function start(port: number, folder: string): Promise<ChildProcess> {
  const options = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder }
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] })
  // Throws when there is no such program.
  await once(child, 'spawn')
  let said = ''
  child.stdout.setEncoding('utf8')
  for await (const text of child.stdout.iterator({ destroyOnReturn: false })) {
    said += String(text)
    if (/Ready to accept connections/.test(said)) {
      child.stdout.resume()
      return child
    }
  }
  throw new Error(`Redis ended: ${said}`)
}
