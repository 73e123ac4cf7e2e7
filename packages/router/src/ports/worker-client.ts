import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import type { WorkerAnswer, WorkerRequest, WorkerStart } from './worker-messages.ts'

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
  /** Takes the answers that have arrived, instead of in the next turn of the event loop. */
  receive(): void
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
  let port: MessagePort | undefined
  /** While it closes, the worker keeps the process alive. */
  let isClosing = false
  let lastId = 0
  /** The unanswered requests by their id. */
  const unanswered = new Map<number, PromiseWithResolvers<Answer>>()
  let unsent: WorkerRequest<Question>[] = []

  const start = (): Worker => {
    const { port1, port2 } = new MessageChannel()
    const given: WorkerStart = { port: port2, data: workerData }
    const started = new Worker(program, { name, workerData: given, transferList: [port2] })
    port = port1.on('message', settle)
    // With a listener it would keep the process alive.
    port1.unref()
    started.unref()
    let cause: unknown
    started.on('error', (error) => {
      cause = error
    })
    started.on('exit', () => {
      // What it answered before its end counts.
      receive()
      port1.close()
      worker = undefined
      isClosing = false
      unsent = []
      const left = [...unanswered.values()]
      unanswered.clear()
      for (const { reject } of left) reject(lost(cause))
    })
    return started
  }
  const unrefIdle = () => {
    if (unanswered.size === 0 && !isClosing) worker?.unref()
  }
  const settle = ({ id, answer }: WorkerAnswer<Answer>) => {
    const asked = unanswered.get(id)
    unanswered.delete(id)
    unrefIdle()
    asked?.resolve(answer)
  }
  const receive = () => {
    if (port === undefined || unanswered.size === 0) return
    for (;;) {
      const received = receiveMessageOnPort(port)
      if (received === undefined) return
      // Sound: only `answerRequests` has the other end.
      settle(received.message as WorkerAnswer<Answer>)
    }
  }
  const send = (request: WorkerRequest<Question>) => {
    if (unsent.push(request) === 1) queueMicrotask(sendAll)
  }
  const sendAll = () => {
    const requests = unsent
    unsent = []
    if (requests.length === 0) return
    try {
      port?.postMessage(requests)
    } catch (error) {
      for (const { id } of requests) {
        unanswered.get(id)?.reject(error)
        unanswered.delete(id)
      }
      unrefIdle()
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
    receive,
    close: async () => {
      if (worker === undefined) return
      const ended = Promise.withResolvers<void>()
      isClosing = true
      worker.once('exit', () => ended.resolve()).ref()
      lastId += 1
      // Not with other requests: a value in them that cannot be copied would keep it back.
      sendAll()
      unsent.push({ id: lastId, kind: 'close' })
      sendAll()
      await ended.promise
    },
  }
}
