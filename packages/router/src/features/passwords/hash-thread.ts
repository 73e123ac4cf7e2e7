// A thread of createHashThreads: one hash at a time, in the order in which they are asked for; null ends it.
import os from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'

import bcrypt from 'bcrypt'

export type HashRequest =
  | { readonly ask: 'hash'; readonly text: string; readonly cost: number }
  | {
      readonly ask: 'compare'
      readonly text: string
      readonly hash: string
      readonly company: readonly string[]
    }

export type HashAnswer =
  | { readonly hash: string }
  | { readonly matches: boolean }
  | { readonly error: unknown }

export interface HashThreadOptions {
  /** As the scheduler counts it: 0 is everybody's, 19 yields to everybody. Linux only. */
  readonly niceness: number
}

// Sound: hash-threads.ts starts this file, and with these options.
const { niceness } = workerData as HashThreadOptions
yieldToOthers()
parentPort?.on('message', (request: HashRequest | null) => {
  if (request === null) parentPort?.close()
  else parentPort?.postMessage(answer(request))
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

function answer(request: HashRequest): HashAnswer {
  try {
    if (request.ask === 'hash') return { hash: bcrypt.hashSync(request.text, request.cost) }
    const matches = bcrypt.compareSync(request.text, request.hash)
    for (const other of request.company) bcrypt.compareSync(request.text, other)
    return { matches }
  } catch (error) {
    return { error }
  }
}
