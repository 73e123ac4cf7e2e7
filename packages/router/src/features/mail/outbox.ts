import { createSealer } from '../../settings/seal.ts'
import type { Sealer } from '../../settings/seal.ts'

/** What procedures and the sender of a process share besides the table. */
export interface Outbox {
  sealer: Sealer
  /** Tells the sender of this process that a transaction with a mail has committed. */
  wake(): void
  /** Sets what `wake` calls. */
  onWake(listener: () => void): void
}

export function createOutbox(secrets: readonly [string, ...string[]]): Outbox {
  let listener = () => {}
  return {
    sealer: createSealer(secrets, 'outbox'),
    wake: () => listener(),
    onWake: (next) => {
      listener = next
    },
  }
}
