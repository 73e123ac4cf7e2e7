import { setImmediate as afterThisTurn } from 'node:timers/promises'
import type { QueryResult } from 'kysely'
import { createWorkerClient } from '../../ports/worker-client.ts'
import type { WorkerClient } from '../../ports/worker-client.ts'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import type { ConnectionOptions } from './sqlite-handle.ts'
import type { Batch, WriterHandle } from './writer-handle.ts'
import { fromProblem } from './writer-messages.ts'
import type { WriterAnswer } from './writer-messages.ts'

interface Events {
  /** Called after each transaction that the worker began. */
  readonly onBegin?: () => void
}

/**
 * A connection in a worker, because a durable commit waits for the disk. After the worker is lost, the next
 * batch starts another. A transaction never continues in another worker.
 */
export class WriterWorkerClient implements WriterHandle {
  readonly #events: Events
  readonly #worker: WorkerClient<Batch, WriterAnswer>
  #closed = false

  constructor(options: ConnectionOptions, events: Events = {}) {
    this.#events = events
    this.#worker = createWorkerClient({
      program: new URL('./writer-worker.ts', import.meta.url),
      name: 'database writer',
      workerData: options,
      lost: (cause) =>
        this.#closed && cause === undefined
          ? new Error('The database is closed.')
          : new DatabaseUnavailable(`The thread that writes to ${options.file} ended.`, { cause }),
    })
  }

  async run<R>(batch: Batch, isAbandoned = () => false): Promise<QueryResult<R>> {
    const answer = await this.#ask(batch, isAbandoned)
    // The response to the next writer's `begin` usually comes in this turn. Its work goes first: the worker
    // waits for it.
    if (batch.ends !== undefined) await afterThisTurn()
    if ('problem' in answer) throw fromProblem(answer.problem)
    if (batch.begins) this.#events.onBegin?.()
    // Kysely derives R from the query; the driver's rows are untyped.
    return answer.result as QueryResult<R>
  }

  receive(): void {
    this.#worker.receive()
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#worker.close()
  }

  async #ask(batch: Batch, isAbandoned: () => boolean): Promise<WriterAnswer> {
    if (this.#closed) throw new Error('The database is closed.')
    try {
      return await this.#worker.ask(batch)
    } catch (error) {
      // The worker was lost before the transaction of another writer ended, and this one had not begun. An
      // abandoned one would keep the lock, because its rollback was lost with the worker.
      if (this.#closed || !batch.begins || isAbandoned()) throw error
      return this.#worker.ask(batch)
    }
  }
}
