/** A message between this process and one of its workers. An answer repeats the id of its request. */
export interface WorkerMessage {
  readonly id: number
}

/**
 * Checks that a message is one of ours. Node posts its own to the parent of a worker: under `node --watch` one
 * `{ 'watch:import': … }` for every file that the worker loads, before the worker's first answer.
 */
export function isWorkerMessage<M extends WorkerMessage>(message: unknown): message is M {
  return typeof message === 'object' && message !== null && 'id' in message && typeof message.id === 'number'
}
