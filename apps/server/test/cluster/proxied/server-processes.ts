import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { TestAppOptions } from '@app/server/testing'

export type TickerName = 'ticker' | 'mailTicker' | 'pingTicker'

/** A message of a test to a server process, which opens, ticks or closes the servers of one app. */
export type Order = { app: string } & (
  | { kind: 'open'; options: TestAppOptions; clockFile: string; logFile: string }
  | { kind: 'tick'; ticker: TickerName }
  | { kind: 'close'; deadlineMs: number | undefined }
)

/** Sends an order. @throws Error the problem of the process */
type SendOrder = (order: Order) => Promise<void>

export const processCount = 3
const program = fileURLToPath(new URL('server-program.ts', import.meta.url))
// All tests of this process share them, because starting one takes a second. They end with it.
let processes: readonly SendOrder[] | undefined

/** Sends an order to each of the processes, and waits until all have performed it. */
export async function orderAll(orderOf: (index: number) => Order): Promise<void> {
  processes ??= Array.from({ length: processCount }, startProcess)
  await Promise.all(processes.map((send, index) => send(orderOf(index))))
}

function startProcess(): SendOrder {
  const child = fork(program, { execArgv: [], serialization: 'advanced' })
  const waiting = new Map<number, PromiseWithResolvers<void>>()
  let last = 0
  child.on('message', ({ id, problem }: { id: number; problem?: string }) => {
    if (problem === undefined) waiting.get(id)?.resolve()
    else waiting.get(id)?.reject(new Error(problem))
    waiting.delete(id)
  })
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`A server process ended with ${code}.`))
  })
  return (order) => {
    const id = (last += 1)
    const answer = Promise.withResolvers<void>()
    waiting.set(id, answer)
    child.send({ id, order }, (error) => {
      // Null after success, also of a process that ends before it answers: `exit` rejects that answer.
      if (error !== null) answer.reject(error)
    })
    return answer.promise
  }
}
