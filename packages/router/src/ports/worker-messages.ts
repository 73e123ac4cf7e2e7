import { parentPort } from 'node:worker_threads'

/** A request to a worker. `close` ends it and is not answered. */
export type WorkerRequest<Question> = { readonly id: number } & (
  | { readonly kind: 'ask'; readonly question: Question }
  | { readonly kind: 'close' }
)

/** A response, with the id of its request. */
export interface WorkerAnswer<Answer> {
  readonly id: number
  readonly answer: Answer
}

/**
 * Checks whether a message is one of ours. Node posts its own to the parent of a worker: under `node
 * --watch`, `{ 'watch:import': … }` for every file that the worker loads, before the worker's first response.
 */
export function isWorkerMessage<M extends { id: number }>(message: unknown): message is M {
  return typeof message === 'object' && message !== null && 'id' in message && typeof message.id === 'number'
}

/** Answers the requests of a `WorkerClient`, one after the other. Called by the file that a worker runs. */
export function answerRequests<Question, Answer>(
  answer: (question: Question) => Answer,
  onClose: () => void = () => undefined,
): void {
  const handle = (request: WorkerRequest<Question>) => {
    if (request.kind === 'ask') {
      const message: WorkerAnswer<Answer> = { id: request.id, answer: answer(request.question) }
      return parentPort?.postMessage(message)
    }
    onClose()
    return parentPort?.close()
  }
  parentPort?.on('message', (message: unknown) => {
    if (!Array.isArray(message)) return
    for (const request of message) if (isWorkerMessage<WorkerRequest<Question>>(request)) handle(request)
  })
}
