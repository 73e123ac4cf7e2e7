import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

/** Starts a program of this folder and discards its log. Ends this process when the program fails. */
export function startProgram(name: string, args: readonly string[] = []): ChildProcess {
  const child = fork(path.join(import.meta.dirname, name), args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  child.once('exit', (code) => {
    if (code !== null && code !== 0) process.exit(1)
  })
  return child
}

/** Waits for the next message of a program. */
export async function reply(child: ChildProcess): Promise<unknown> {
  const [message] = (await once(child, 'message')) as unknown[]
  return message
}
