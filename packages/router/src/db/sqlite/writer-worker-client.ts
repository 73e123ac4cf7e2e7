import type { QueryResult } from 'kysely'
import { createWorkerClient } from '../../ports/worker-client.ts'
import type { WorkerClient } from '../../ports/worker-client.ts'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import type { ConnectionHandle, ConnectionOptions } from './connection-handle.ts'
import { fromProblem } from './writer-messages.ts'
import type { WriterAnswer, WriterQuestion } from './writer-messages.ts'

interface Events {
  /** Called each time a connection was opened in the worker. */
  readonly onOpen?: () => void
}

/**
 * A connection in a worker, because a durable commit waits for the disk. After the worker is lost, the next
 * `open` starts another. A transaction never continues in another worker.
 */
export class WriterWorkerClient implements ConnectionHandle {
  readonly #events: Events
  readonly #worker: WorkerClient<WriterQuestion, WriterAnswer>
  readonly #lost: (cause?: unknown) => Error
  #isOpen = false
  #inTransaction = false
  #closed = false

  constructor(options: ConnectionOptions, events: Events = {}) {
    this.#events = events
    this.#lost = (cause) =>
      this.#closed && cause === undefined
        ? new Error('The database is closed.')
        : new DatabaseUnavailable(`The thread that writes to ${options.file} ended.`, { cause })
    this.#worker = createWorkerClient({
      program: new URL('./writer-worker.ts', import.meta.url),
      name: 'database writer',
      workerData: options,
      lost: this.#lost,
    })
  }

  get inTransaction(): boolean {
    return this.#inTransaction && this.#worker.isRunning
  }

  async open(): Promise<void> {
    if (this.#closed) throw new Error('The database is closed.')
    if (this.#isOpen && this.#worker.isRunning) return
    this.#isOpen = false
    this.#inTransaction = false
    await this.#ask({ kind: 'open' })
    this.#events.onOpen?.()
  }

  async execute<R>(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult<R>> {
    // Another worker would not know the transaction.
    if (!this.#worker.isRunning) throw this.#lost()
    const { result } = await this.#ask({ kind: 'execute', sql, parameters })
    // Kysely derives R from the query; the driver's rows are untyped. Every answer without a problem has a
    // result.
    return result as QueryResult<R>
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#worker.close()
  }

  async #ask(question: WriterQuestion): Promise<WriterAnswer> {
    const answer = await this.#worker.ask(question)
    this.#isOpen = answer.isOpen
    this.#inTransaction = answer.inTransaction
    if (answer.problem !== undefined) throw fromProblem(answer.problem)
    return answer
  }
}
