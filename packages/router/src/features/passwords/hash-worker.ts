// A worker of createHashWorkers: one hash at a time.
import os from 'node:os'
import { workerData } from 'node:worker_threads'
import bcrypt from 'bcrypt'
import { answerRequests } from '../../ports/worker-messages.ts'

export type HashQuestion =
  | { readonly kind: 'hash'; readonly text: string; readonly cost: number }
  | {
      readonly kind: 'compare'
      readonly text: string
      readonly hash: string
      readonly paddingHashes: readonly string[]
    }

export type HashAnswer =
  | { readonly hash: string }
  | { readonly matches: boolean }
  | { readonly error: unknown }

export interface HashWorkerOptions {
  /** The scheduling priority: 0 is the default, 19 the lowest. Linux only. */
  readonly niceness: number
}

// Sound: hash-worker-client.ts starts this file, with these options.
const { niceness } = workerData as HashWorkerOptions
lowerPriority()
answerRequests(answerOf)

/**
 * On Linux a priority belongs to a thread, and 0 is the one that asks; elsewhere it would be the whole
 * process.
 */
function lowerPriority(): void {
  if (process.platform !== 'linux') return
  try {
    os.setPriority(0, niceness)
  } catch {
    // A sandbox that forbids it costs other calls some milliseconds while many users log in, and nothing
    // else.
  }
}

function answerOf(question: HashQuestion): HashAnswer {
  try {
    if (question.kind === 'hash') return { hash: bcrypt.hashSync(question.text, question.cost) }
    const matches = bcrypt.compareSync(question.text, question.hash)
    for (const padding of question.paddingHashes) bcrypt.compareSync(question.text, padding)
    return { matches }
  } catch (error) {
    return { error }
  }
}
