import { workerData } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'

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

/** What a worker is started with. */
export interface WorkerStart {
  /**
   * The channel to the client. Not the worker's own, to which Node posts too: under `node --watch`, a message
   * for every file that the worker loads.
   */
  readonly port: MessagePort
  /** The `workerData` of the client. */
  readonly data: unknown
}

// Sound: `createWorkerClient` starts every worker with it.
const { port, data } = workerData as WorkerStart

/** What the client gave to this worker. */
export const workerOptions: unknown = data

/** Answers the requests of a `WorkerClient`, one after the other. Called by the file that a worker runs. */
export function answerRequests<Question, Answer>(
  answer: (question: Question) => Answer,
  onClose: () => void = () => undefined,
): void {
  const handle = (request: WorkerRequest<Question>) => {
    if (request.kind === 'ask') {
      const message: WorkerAnswer<Answer> = { id: request.id, answer: answer(request.question) }
      return port.postMessage(message)
    }
    onClose()
    return port.close()
  }
  // Sound: only `createWorkerClient` has the other end.
  port.on('message', (requests: WorkerRequest<Question>[]) => requests.forEach(handle))
}
