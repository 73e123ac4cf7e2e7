import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export type Order =
  | { do: 'open'; databaseUrl: string; now: number }
  | { do: 'advance'; ms: number }
  | { do: 'close' }

export interface Answer {
  url?: string
  problem?: string
}

const program = fileURLToPath(new URL('./server-program.ts', import.meta.url))

// Starting a process takes longer than a run, so all runs of this process share it. It shares no module with
// this process: state that a server kept in a module would be missing in the other one.
let shared: ChildProcess | undefined

/** Opens a server in another process, one at a time. @returns its controls */
export async function openOtherProcessServer(databaseUrl: string, now: number) {
  const { url = '' } = await order({ do: 'open', databaseUrl, now })
  return {
    url,
    advance: (ms: number) => order({ do: 'advance', ms }),
    close: () => order({ do: 'close' }),
  }
}

/** Sends one order and waits for its answer; there is never a second one in progress. */
async function order(what: Order): Promise<Answer> {
  const child = (shared ??= start())
  child.ref()
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const onExit = () => {
    shared = undefined
    reject(new Error('The server of the other process is gone.'))
  }
  child.once('message', (answer) => resolve(answer as Answer))
  child.once('exit', onExit)
  child.send(what)
  const answer = await promise.finally(() => child.off('exit', onExit))
  child.unref()
  if (answer.problem !== undefined) throw new Error(answer.problem)
  return answer
}

function start(): ChildProcess {
  const child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] })
  child.channel?.unref()
  return child
}
