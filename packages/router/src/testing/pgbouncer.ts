import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { freePort } from '../../../../tools/free-port.ts'
import { asPgBouncer } from '../../../../tools/optional-programs.ts'
import { endProgram } from './end-program.ts'
import { temporaryFolder } from './temporary-folder.ts'

/**
 * Starts PgBouncer in transaction mode in front of the server of `url`, until the end of the block.
 * @param settings lines of its configuration
 */
export async function startPgBouncer(
  url: string,
  settings: readonly string[] = [],
): Promise<AsyncDisposable & { readonly url: string }> {
  await using begun = new AsyncDisposableStack()
  const server = new URL(url)
  const port = await freePort()
  const folder = begun.use(temporaryFolder())
  const file = path.join(folder.path, 'pgbouncer.ini')
  const users = path.join(folder.path, 'users.txt')
  writeFileSync(users, `"${server.username}" "${server.password}"\n`)
  writeFileSync(
    file,
    [
      '[databases]',
      `* = host=${server.hostname} port=${server.port || '5432'}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = trust',
      `auth_file = ${users}`,
      'pool_mode = transaction',
      'default_pool_size = 3',
      ...settings,
    ].join('\n'),
  )
  chmodSync(folder.path, 0o755)
  const [program, ...args] = [...asPgBouncer, 'pgbouncer', file]
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  begun.defer(() => endProgram(child, 'SIGKILL'))
  // Throws when there is no such program.
  await once(child, 'spawn')
  let said = ''
  const ready = new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (/process up/.test(said)) resolve()
    })
    child.once('close', () => reject(new Error(`PgBouncer ended: ${said}`)))
  })
  await ready
  const through = new URL(url)
  through.host = `127.0.0.1:${port}`
  const stack = begun.move()
  return { url: through.href, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}
