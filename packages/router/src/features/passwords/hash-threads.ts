import { Worker } from 'node:worker_threads'

import { isWorkerMessage } from '../../ports/worker-message.ts'
import type { HashAnswer, HashQuestion, HashRequest, HashThreadOptions } from './hash-thread.ts'
import type { Hasher } from './hasher.ts'

export interface HashThreads extends Hasher {
  /** Lets the hashes that run come to their end; the threads end with them. Nothing is hashed afterwards. */
  close(): Promise<void>
}

interface HashThreadsOptions extends Partial<HashThreadOptions> {
  /** How many hashes run at the same time; more of them wait here. */
  threads: number
}

interface Job extends PromiseWithResolvers<HashAnswer> {
  request: HashRequest
}

const program = new URL('./hash-thread.ts', import.meta.url)
const lowestPriority = 19

/**
 * Threads that do nothing but hash, and only with the time that nobody else wants: one that answers requests goes before them.
 * libuv's pool, where bcrypt would run by itself, is shared with all that Node does on the side, and its threads
 * compete with the event loop as equals.
 *
 * A thread is started when there is work for it, and keeps the process alive only while it works. When one ends unexpectedly,
 * the call that it worked for fails, and the next one gets another thread.
 */
export function createHashThreads({ threads, niceness = lowestPriority }: HashThreadsOptions): HashThreads {
  const running = new Map<Worker, Job | undefined>()
  const waiting: Job[] = []
  let lastId = 0
  let isClosed = false

  const start = (): Worker => {
    const workerData: HashThreadOptions = { niceness }
    const worker = new Worker(program, { name: 'password hash', workerData })
    let cause: unknown
    worker.on('message', (answer: unknown) => {
      const job = running.get(worker)
      if (!isWorkerMessage<HashAnswer>(answer) || answer.id !== job?.request.id) return
      rest(worker)
      job.resolve(answer)
    })
    worker.on('error', (error) => {
      cause = error
    })
    worker.on('exit', () => {
      const job = running.get(worker)
      running.delete(worker)
      job?.reject(new Error('A thread that hashes passwords ended.', { cause }))
      const next = waiting.shift()
      if (next !== undefined) give(start(), next)
    })
    return worker
  }

  const give = (worker: Worker, job: Job): void => {
    running.set(worker, job)
    worker.ref()
    post(worker, job.request)
  }

  const rest = (worker: Worker): void => {
    const next = waiting.shift()
    if (next !== undefined) return give(worker, next)
    running.set(worker, undefined)
    worker.unref()
    if (isClosed) close(worker)
  }

  const close = (worker: Worker): void => post(worker, { id: ++lastId, ask: 'close' })

  const ask = async (question: HashQuestion): Promise<HashAnswer> => {
    if (isClosed) throw new Error('Nothing is hashed any more: the server is closing.')
    const job = { request: { id: ++lastId, ...question }, ...Promise.withResolvers<HashAnswer>() }
    const [idle] = [...running].find(([, its]) => its === undefined) ?? []
    if (idle !== undefined) give(idle, job)
    else if (running.size < threads) give(start(), job)
    else waiting.push(job)
    return job.promise
  }

  return {
    hash: async (text, cost) => {
      const answer = await ask({ ask: 'hash', text, cost })
      if ('hash' in answer) return answer.hash
      throw failed(answer)
    },
    compare: async (text, hash, company = []) => {
      const answer = await ask({ ask: 'compare', text, hash, company })
      if ('matches' in answer) return answer.matches
      throw failed(answer)
    },
    close: async () => {
      isClosed = true
      await Promise.all(
        [...running].map(([worker, job]) => {
          const { promise, resolve } = Promise.withResolvers<void>()
          worker.once('exit', () => resolve()).ref()
          if (job === undefined) close(worker)
          return promise
        }),
      )
    },
  }
}

function post(worker: Worker, request: HashRequest): void {
  worker.postMessage(request)
}

function failed(answer: HashAnswer): Error {
  return new Error('bcrypt failed.', { cause: 'error' in answer ? answer.error : undefined })
}
