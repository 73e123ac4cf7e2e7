import { Worker } from 'node:worker_threads'
import { isWorkerMessage, type WorkerMessage } from '../../ports/worker-message.ts'
import { DatabaseUnavailable } from '../database-unavailable.ts'

const program = new URL('./file-check-worker.ts', import.meta.url)

/** The only message of a check. */
export interface FileCheckAnswer extends WorkerMessage {
  readonly id: 0
  /** `ok`, or the first thing that is wrong. */
  readonly verdict: string
}

/**
 * Remembers that a connection met a part of the file that cannot be read, until a check of the whole file finds nothing.
 *
 * Most queries do not touch a damaged page and are answered as ever, so one that fails must not be forgotten by the next that
 * succeeds. The check reads every page, in a thread of its own and on a connection of its own: nobody waits for it, but the
 * write-ahead log cannot be emptied meanwhile, and the end of the process comes after it.
 */
export class FileDamage {
  readonly #file: string
  #met = 0
  #disproved = 0
  #worker: Worker | undefined
  #how = 'a query has met it'

  constructor(file: string) {
    this.#file = file
  }

  /** @param error of any query or connection */
  note(error: unknown): void {
    if (error instanceof DatabaseUnavailable && error.isDamage) this.#met += 1
  }

  /**
   * Costs nothing while no damage was met. Else whoever asks starts a check, unless one runs, and somebody who asks later
   * learns what it found.
   * @throws DatabaseUnavailable
   */
  assertWhole(): void {
    if (this.#met === this.#disproved) return
    this.#worker ??= this.#startCheck()
    const message = `${this.#file} is damaged (${this.#how}). Restore it from a backup.`
    throw new DatabaseUnavailable(message, { isDamage: true })
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #startCheck(): Worker {
    // What is met during the check may be worse than what it finds.
    const met = this.#met
    const worker = new Worker(program, { workerData: this.#file, name: 'file check' })
    worker.unref()
    worker.on('message', (message: unknown) => {
      if (!isWorkerMessage<FileCheckAnswer>(message) || message.id !== 0) return
      if (message.verdict === 'ok') this.#disproved = met
      else this.#how = message.verdict
    })
    worker.once('error', (error) => {
      this.#how = String(error)
    })
    worker.once('exit', () => {
      this.#worker = undefined
    })
    return worker
  }
}
