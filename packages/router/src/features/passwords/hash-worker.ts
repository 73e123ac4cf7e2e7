// A worker of createHashWorkers: one hash at a time.
import os from 'node:os'
import bcrypt from 'bcrypt'
import { answerRequests, workerOptions } from '../../ports/worker-messages.ts'

export type HashQuestion =
  | { readonly kind: 'hash'; readonly text: string; readonly cost: number }
  | {
      readonly kind: 'compare'
      readonly text: string
      readonly hash: string
      readonly paddingHashes: readonly string[]
    }

export type HashAnswer =
  | { readonly kind: 'hash'; readonly hash: string }
  | { readonly kind: 'compare'; readonly matches: boolean }
  | { readonly kind: 'error'; readonly error: unknown }

export interface HashWorkerOptions {
  /** The scheduling priority: 0 is the default, 19 the lowest. Linux only. */
  readonly niceness: number
}

// Sound: hash-worker-client.ts starts this file with these options.
const { niceness } = workerOptions as HashWorkerOptions
lowerPriority()
answerRequests(answerOf)

/**
 * Lowers the priority of this thread. Only on Linux is a priority per thread (0 is the calling one);
 * elsewhere it would change the whole process.
 */
function lowerPriority(): void {
  if (process.platform !== 'linux') return
  try {
    os.setPriority(0, niceness)
  } catch {
    // A sandbox may forbid it. Then other calls take some milliseconds longer while many users log in.
  }
}

function answerOf(question: HashQuestion): HashAnswer {
  try {
    if (question.kind === 'hash') return { kind: 'hash', hash: bcrypt.hashSync(question.text, question.cost) }
    const matches = bcrypt.compareSync(question.text, question.hash)
    for (const padding of question.paddingHashes) bcrypt.compareSync(question.text, padding)
    return { kind: 'compare', matches }
  } catch (error) {
    return { kind: 'error', error }
  }
}
