import { createWorkerClient } from '../../ports/worker-client.ts'
import type { WorkerClient } from '../../ports/worker-client.ts'
import type { HashAnswer, HashQuestion, HashWorkerOptions } from './hash-worker.ts'
import type { Hasher } from './hasher.ts'

export interface HashWorkers extends Hasher {
  /** Finishes requested hashes and ends the workers. Later calls fail. */
  close(): Promise<void>
}

interface HashWorkersOptions extends Partial<HashWorkerOptions> {
  /** How many hashes run at the same time; further ones wait here. */
  threads: number
}

type HashWorker = WorkerClient<HashQuestion, HashAnswer>

const lowestPriority = 19

/**
 * Creates workers that hash with the lowest priority, so that threads that answer requests run first. In
 * libuv's pool, where bcrypt runs by default, hashes would delay other work of Node and compete with the
 * event loop at the same priority.
 *
 * A worker starts when there is work for it. When one ends unexpectedly, its call fails, and the next call
 * gets another worker.
 */
export function createHashWorkers({ threads, niceness = lowestPriority }: HashWorkersOptions): HashWorkers {
  const workerData: HashWorkerOptions = { niceness }
  const idle = Array.from({ length: threads }, (): HashWorker => {
    return createWorkerClient({
      program: new URL('./hash-worker.ts', import.meta.url),
      name: 'password hash',
      workerData,
      lost: (cause) => new Error('A worker that hashes passwords ended.', { cause }),
    })
  })
  const waiting: PromiseWithResolvers<HashWorker>[] = []
  let closing: Promise<unknown> | undefined

  /** Takes the most recently used idle worker first, so that unneeded ones do not start. */
  const take = (): HashWorker | Promise<HashWorker> => {
    const worker = idle.pop()
    if (worker !== undefined) return worker
    const slot = Promise.withResolvers<HashWorker>()
    waiting.push(slot)
    return slot.promise
  }
  const release = (worker: HashWorker) => {
    const next = waiting.shift()
    if (next === undefined) idle.push(worker)
    else next.resolve(worker)
  }
  const ask = async (question: HashQuestion): Promise<HashAnswer> => {
    if (closing !== undefined) throw new Error('Nothing is hashed any more: the server is closing.')
    const worker = await take()
    try {
      return await worker.ask(question)
    } finally {
      release(worker)
    }
  }

  return {
    hash: async (text, cost) => {
      const answer = await ask({ kind: 'hash', text, cost })
      if (answer.kind === 'hash') return answer.hash
      throw failed(answer)
    },
    compare: async (text, hash, paddingHashes = []) => {
      const answer = await ask({ kind: 'compare', text, hash, paddingHashes })
      if (answer.kind === 'compare') return answer.matches
      throw failed(answer)
    },
    close: async () => {
      // Queued behind all waiting calls.
      closing ??= Promise.all(Array.from({ length: threads }, async () => (await take()).close()))
      await closing
    },
  }
}

function failed(answer: HashAnswer): Error {
  return new Error('bcrypt failed.', { cause: answer.kind === 'error' ? answer.error : undefined })
}
