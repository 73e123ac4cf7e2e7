import { Worker } from 'node:worker_threads'
import type { QueryResult } from 'kysely'
import { isWorkerMessage } from '../../ports/worker-message.ts'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import type { ConnectionHandle, ConnectionOptions } from './connection-handle.ts'
import { fromProblem } from './writer-messages.ts'
import type { WriterAnswer, WriterQuestion, WriterRequest } from './writer-messages.ts'

const program = new URL('./writer-worker.ts', import.meta.url)

interface Events {
  /** Called each time a connection was opened in the thread. */
  readonly onOpen?: () => void
}

/**
 * A connection that lives in a thread of its own, because a durable commit waits for the disk. The thread is
 * started by the first `open`, keeps the process alive only while it is being waited for, and when it is lost
 * the next `open` starts another; a transaction is never carried over.
 */
export class WriterThread implements ConnectionHandle {
  readonly #options: ConnectionOptions
  readonly #events: Events
  #worker: Worker | undefined
  #isOpen = false
  #inTransaction = false
  #closed = false
  #lastId = 0
  /** The requests without an answer, by their ids. */
  readonly #waiting = new Map<number, PromiseWithResolvers<WriterAnswer>>()

  constructor(options: ConnectionOptions, events: Events = {}) {
    this.#options = options
    this.#events = events
  }

  get inTransaction(): boolean {
    return this.#inTransaction
  }

  async open(): Promise<void> {
    if (this.#closed) throw new Error('The database is closed.')
    if (this.#isOpen) return
    this.#worker ??= this.#start()
    await this.#ask({ ask: 'open' })
    this.#events.onOpen?.()
  }

  async execute<R>(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult<R>> {
    const { result } = await this.#ask({ ask: 'execute', sql, parameters })
    // Kysely derives R from the query; the driver's rows are untyped. Every answer without a problem has a result.
    return result as QueryResult<R>
  }

  async close(): Promise<void> {
    this.#closed = true
    const worker = this.#worker
    if (worker === undefined) return
    const ended = new Promise((resolve) => worker.once('exit', resolve))
    worker.ref()
    post(worker, { id: ++this.#lastId, ask: 'close' })
    await ended
  }

  #start(): Worker {
    const worker = new Worker(program, { workerData: this.#options, name: 'writer' })
    worker.unref()
    let cause: unknown
    worker.on('message', (message: unknown) => {
      if (isWorkerMessage<WriterAnswer>(message)) this.#settle(worker, message)
    })
    worker.on('error', (error) => {
      cause = error
    })
    worker.on('exit', () => this.#lose(cause))
    return worker
  }

  async #ask(question: WriterQuestion): Promise<WriterAnswer> {
    const worker = this.#worker
    if (worker === undefined) throw this.#lost()
    const id = ++this.#lastId
    post(worker, { id, ...question })
    const waiting = Promise.withResolvers<WriterAnswer>()
    if (this.#waiting.set(id, waiting).size === 1) worker.ref()
    const answer = await waiting.promise
    if (answer.problem !== undefined) throw fromProblem(answer.problem)
    return answer
  }

  #settle(worker: Worker, answer: WriterAnswer): void {
    const waiting = this.#waiting.get(answer.id)
    if (waiting === undefined) return
    this.#waiting.delete(answer.id)
    this.#isOpen = answer.isOpen
    this.#inTransaction = answer.inTransaction
    if (this.#waiting.size === 0) worker.unref()
    waiting.resolve(answer)
  }

  #lose(cause: unknown): void {
    this.#worker = undefined
    this.#isOpen = false
    this.#inTransaction = false
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of waiting) reject(this.#lost(cause))
  }

  #lost(cause?: unknown): Error {
    return this.#closed && cause === undefined
      ? new Error('The database is closed.')
      : new DatabaseUnavailable(`The thread that writes to ${this.#options.file} ended.`, { cause })
  }
}

function post(worker: Worker, request: WriterRequest): void {
  worker.postMessage(request)
}
