import { createWorkerClient } from '../../ports/worker-client.ts'
import type { WorkerClient } from '../../ports/worker-client.ts'
import type { HashAnswer, HashQuestion, HashWorkerOptions } from './hash-worker.ts'
import type { Hasher } from './hasher.ts'

export interface HashWorkers extends Hasher {
  /** Lets hashes that were asked for end, then ends the workers. Nothing is hashed afterwards. */
  close(): Promise<void>
}

interface HashWorkersOptions extends Partial<HashWorkerOptions> {
  /** How many hashes run at the same time; more of them wait here. */
  threads: number
}

type HashWorker = WorkerClient<HashQuestion, HashAnswer>

const lowestPriority = 19

/**
 * Creates workers that hash with the lowest priority: threads that answer requests run first. In libuv's
 * pool, where bcrypt runs by default, hashes would delay other work of Node and compete with the event loop
 * as equals.
 *
 * A worker is started when there is work for it. When one ends unexpectedly, its call fails, and the next one
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

  /** The worker that was used last comes first, so that others need not be started. */
  const take = (): HashWorker | Promise<HashWorker> => {
    const worker = idle.pop()
    if (worker !== undefined) return worker
    const turn = Promise.withResolvers<HashWorker>()
    waiting.push(turn)
    return turn.promise
  }
  const giveBack = (worker: HashWorker) => {
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
      giveBack(worker)
    }
  }

  return {
    hash: async (text, cost) => {
      const answer = await ask({ kind: 'hash', text, cost })
      if ('hash' in answer) return answer.hash
      throw failed(answer)
    },
    compare: async (text, hash, paddingHashes = []) => {
      const answer = await ask({ kind: 'compare', text, hash, paddingHashes })
      if ('matches' in answer) return answer.matches
      throw failed(answer)
    },
    close: async () => {
      // Behind all that wait.
      closing ??= Promise.all(Array.from({ length: threads }, async () => (await take()).close()))
      await closing
    },
  }
}

function failed(answer: HashAnswer): Error {
  return new Error('bcrypt failed.', { cause: 'error' in answer ? answer.error : undefined })
}
