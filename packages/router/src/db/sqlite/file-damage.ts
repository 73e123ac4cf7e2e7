import { createWorkerClient } from '../../ports/worker-client.ts'
import type { WorkerClient } from '../../ports/worker-client.ts'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import type { FileCheckQuestion } from './file-check-worker.ts'

/**
 * Remembers that a connection met a part of the file that cannot be read, until a check of the whole file
 * finds nothing.
 *
 * Most queries do not touch a damaged page and are answered as ever, so one that fails must not be forgotten
 * by the next that succeeds. The check reads every page, in a thread of its own and on a connection of its
 * own: nobody waits for it, but the write-ahead log cannot be emptied meanwhile, and the end of the process
 * comes after it.
 */
export class FileDamage {
  readonly #file: string
  #met = 0
  #disproved = 0
  readonly #checker: WorkerClient<FileCheckQuestion, string>
  #how = 'a query has met it'

  constructor(file: string) {
    this.#file = file
    this.#checker = createWorkerClient({
      program: new URL('./file-check-worker.ts', import.meta.url),
      name: 'database check',
      workerData: file,
      lost: (cause) => new Error('The check ended too early.', { cause }),
    })
  }

  /** @param error of any query or connection */
  note(error: unknown): void {
    if (error instanceof DatabaseUnavailable && error.isDamage) this.#met += 1
  }

  /**
   * Costs nothing while no damage was met. Else whoever asks starts a check, unless one runs, and somebody
   * who asks later learns what it found.
   * @throws DatabaseUnavailable
   */
  assertWhole(): void {
    if (this.#met === this.#disproved) return
    if (!this.#checker.isRunning) void this.#check()
    const message = `${this.#file} is damaged (${this.#how}). Restore it from a backup.`
    throw new DatabaseUnavailable(message, { isDamage: true })
  }

  async close(): Promise<void> {
    await this.#checker.close()
  }

  async #check(): Promise<void> {
    // Damage that is met during the check may be worse than what the check finds.
    const met = this.#met
    try {
      const verdict = await this.#checker.ask('check')
      if (verdict === 'ok') this.#disproved = met
      else this.#how = verdict
    } catch (error) {
      this.#how = String(error)
    }
    await this.#checker.close()
  }
}
