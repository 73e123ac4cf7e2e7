import { Worker } from 'node:worker_threads'
import { isWorkerMessage } from './worker-messages.ts'
import type { WorkerAnswer, WorkerRequest } from './worker-messages.ts'

/**
 * A worker that answers requests one after the other. It keeps the process alive only while it has unanswered
 * requests.
 */
export interface WorkerClient<Question, Answer> {
  /** False before the first request, and after the worker has ended and lost its memory. */
  readonly isRunning: boolean
  /**
   * Sends a request to the worker, and starts one if none runs. Requests of one step are one message.
   * @throws the error of `lost` when the worker ends before its response; the next request starts another
   * worker. A value that cannot be copied fails all requests of its message.
   */
  ask(question: Question): Promise<Answer>
  /** Lets the worker answer all requests, and resolves when it has ended. */
  close(): Promise<void>
}

interface WorkerClientOptions {
  /** The file that the worker runs; it calls `answerRequests`. */
  program: URL
  /** Shown by debuggers. */
  name: string
  workerData?: unknown
  /** Makes the error of unanswered requests. @param cause the error that the worker threw */
  lost(cause: unknown): Error
}

export function createWorkerClient<Question, Answer>({
  program,
  name,
  workerData,
  lost,
}: WorkerClientOptions): WorkerClient<Question, Answer> {
  let worker: Worker | undefined
  let lastId = 0
  /** The unanswered requests by their id. */
  const unanswered = new Map<number, PromiseWithResolvers<Answer>>()
  let unsent: WorkerRequest<Question>[] = []

  const start = (): Worker => {
    const started = new Worker(program, { name, workerData })
    started.unref()
    let cause: unknown
    started.on('message', (message: unknown) => {
      if (!isWorkerMessage<WorkerAnswer<Answer>>(message)) return
      const asked = unanswered.get(message.id)
      unanswered.delete(message.id)
      if (unanswered.size === 0) started.unref()
      asked?.resolve(message.answer)
    })
    started.on('error', (error) => {
      cause = error
    })
    started.on('exit', () => {
      worker = undefined
      unsent = []
      const left = [...unanswered.values()]
      unanswered.clear()
      for (const { reject } of left) reject(lost(cause))
    })
    return started
  }
  const send = (request: WorkerRequest<Question>) => {
    if (unsent.push(request) === 1) queueMicrotask(sendAll)
  }
  const sendAll = () => {
    const requests = unsent
    unsent = []
    try {
      worker?.postMessage(requests)
    } catch (error) {
      for (const { id } of requests) {
        unanswered.get(id)?.reject(error)
        unanswered.delete(id)
      }
      if (unanswered.size === 0) worker?.unref()
    }
  }

  return {
    get isRunning() {
      return worker !== undefined
    },
    ask: (question) => {
      worker ??= start()
      lastId += 1
      const asked = Promise.withResolvers<Answer>()
      unanswered.set(lastId, asked)
      worker.ref()
      send({ id: lastId, kind: 'ask', question })
      return asked.promise
    },
    close: async () => {
      if (worker === undefined) return
      const ended = Promise.withResolvers<void>()
      worker.once('exit', () => ended.resolve()).ref()
      lastId += 1
      send({ id: lastId, kind: 'close' })
      await ended.promise
    },
  }
}
