// A thread of createHashThreads: one hash at a time, in the order in which they are asked for.
import os from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'

import bcrypt from 'bcrypt'

import { isWorkerMessage, type WorkerMessage } from '../../ports/worker-message.ts'

export type HashQuestion =
  | { readonly ask: 'hash'; readonly text: string; readonly cost: number }
  | {
      readonly ask: 'compare'
      readonly text: string
      readonly hash: string
      readonly company: readonly string[]
    }

/** `close` ends the thread and is not answered. */
export type HashRequest = WorkerMessage & (HashQuestion | { readonly ask: 'close' })

type HashOutcome = { readonly hash: string } | { readonly matches: boolean } | { readonly error: unknown }

export type HashAnswer = WorkerMessage & HashOutcome

export interface HashThreadOptions {
  /** As the scheduler counts it: 0 is everybody's, 19 yields to everybody. Linux only. */
  readonly niceness: number
}

// Sound: hash-threads.ts starts this file, and with these options.
const { niceness } = workerData as HashThreadOptions
yieldToOthers()
parentPort?.on('message', (request: unknown) => {
  if (!isWorkerMessage<HashRequest>(request)) return
  if (request.ask === 'close') return parentPort?.close()
  const answer: HashAnswer = { id: request.id, ...outcomeOf(request) }
  parentPort?.postMessage(answer)
})

/** On Linux a priority belongs to a thread, and 0 is the one that asks; elsewhere it would be the whole process. */
function yieldToOthers(): void {
  if (process.platform !== 'linux') return
  try {
    os.setPriority(0, niceness)
  } catch {
    // A sandbox that forbids it costs other calls some milliseconds in a storm, and nothing else.
  }
}

function outcomeOf(request: HashQuestion): HashOutcome {
  try {
    if (request.ask === 'hash') return { hash: bcrypt.hashSync(request.text, request.cost) }
    const matches = bcrypt.compareSync(request.text, request.hash)
    for (const other of request.company) bcrypt.compareSync(request.text, other)
    return { matches }
  } catch (error) {
    return { error }
  }
}
