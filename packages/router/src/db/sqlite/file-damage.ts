import { createWorkerClient } from '../../ports/worker-client.ts'
import type { WorkerClient } from '../../ports/worker-client.ts'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import type { FileCheckAnswer, FileCheckQuestion } from './file-check-worker.ts'

/**
 * Remembers that a query met a damaged page until a check of the whole file finds no damage. Most queries do
 * not touch the page and succeed, so a success must not clear the failure.
 *
 * The check reads every page in a worker, on a connection of its own. No query waits for it. But the
 * write-ahead log cannot be emptied while it runs, and `close` waits for its end.
 */
export class FileDamage {
  readonly #file: string
  #met = 0
  #disproved = 0
  readonly #checker: WorkerClient<FileCheckQuestion, FileCheckAnswer>
  #fault = 'a query met it'

  constructor(file: string) {
    this.#file = file
    this.#checker = createWorkerClient({
      program: new URL('./file-check-worker.ts', import.meta.url),
      name: 'database check',
      workerData: file,
      lost: (cause) => new Error('The check ended too early.', { cause }),
    })
  }

  /** Records an error of a query or connection if it means damage. */
  note(error: unknown): void {
    if (error instanceof DatabaseUnavailable && error.isDamage) this.#met += 1
  }

  /**
   * Throws while damage was met and no later check found the file whole. Starts a check unless one runs;
   * later calls throw what it found.
   * @throws DatabaseUnavailable
   */
  assertWhole(): void {
    if (this.#met === this.#disproved) return
    if (!this.#checker.isRunning) void this.#check()
    const message = `${this.#file} is damaged (${this.#fault}). Restore it from a backup.`
    throw new DatabaseUnavailable(message, { isDamage: true })
  }

  async close(): Promise<void> {
    await this.#checker.close()
  }

  async #check(): Promise<void> {
    // Damage that is met during the check may be worse than what the check finds.
    const met = this.#met
    try {
      const answer = await this.#checker.ask({ kind: 'check' })
      if (answer.status === 'whole') this.#disproved = met
      else this.#fault = answer.fault
    } catch (error) {
      this.#fault = String(error)
    }
    await this.#checker.close()
  }
}
