import { Worker } from 'node:worker_threads'
import type { QueryResult } from 'kysely'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import type { ConnectionHandle, ConnectionOptions } from './connection-handle.ts'
import { fromProblem } from './writer-messages.ts'
import type { WriterAnswer, WriterRequest } from './writer-messages.ts'

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
  /** Who waits for an answer, in the order of the requests. */
  #waiting: PromiseWithResolvers<WriterAnswer>[] = []

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
    post(worker, { ask: 'close' })
    await ended
  }

  #start(): Worker {
    const worker = new Worker(program, { workerData: this.#options, name: 'latchkey writer' })
    worker.unref()
    let cause: unknown
    worker.on('message', (answer: WriterAnswer) => this.#settle(worker, answer))
    worker.on('error', (error) => {
      cause = error
    })
    worker.on('exit', () => this.#lose(cause))
    return worker
  }

  async #ask(request: WriterRequest): Promise<WriterAnswer> {
    const worker = this.#worker
    if (worker === undefined) throw this.#lost()
    post(worker, request)
    const waiting = Promise.withResolvers<WriterAnswer>()
    if (this.#waiting.push(waiting) === 1) worker.ref()
    const answer = await waiting.promise
    if (answer.problem !== undefined) throw fromProblem(answer.problem)
    return answer
  }

  #settle(worker: Worker, answer: WriterAnswer): void {
    this.#isOpen = answer.isOpen
    this.#inTransaction = answer.inTransaction
    const waiting = this.#waiting.shift()
    if (this.#waiting.length === 0) worker.unref()
    waiting?.resolve(answer)
  }

  #lose(cause: unknown): void {
    this.#worker = undefined
    this.#isOpen = false
    this.#inTransaction = false
    for (const { reject } of this.#waiting.splice(0)) reject(this.#lost(cause))
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
