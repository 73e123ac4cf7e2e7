import { streamLimits } from '@app/contract'
import { createFairShares } from '../../rate-limits/fair-shares.ts'
import { createInFlightCounter } from '../../rate-limits/in-flight-counter.ts'

/** It is lost when its caller leaves, or when it goes to a network or address that has fewer. */
export interface StreamSlot extends Disposable {
  readonly isLost: boolean
  /** Calls `end` when the slot is lost; at once if it is lost already. A later call replaces it. */
  onLost(end: () => void): void
}

export interface StreamSlots {
  /**
   * Takes a slot among the streams of an address and of the process. It is released when it is lost or
   * disposed of.
   * @returns null when there is none, or the caller has left
   */
  admit(address: string, callerLeft: AbortSignal | undefined): StreamSlot | null
}

/** @param limit of open streams in this process */
export function createStreamSlots(limit: number): StreamSlots {
  const perAddress = createInFlightCounter()
  const shares = createFairShares(limit)
  return {
    admit: (address, callerLeft) => {
      // An aborted signal calls no new listener.
      if (callerLeft?.aborted === true) return null
      using begun = new DisposableStack()
      const { position } = begun.use(perAddress.enter(address))
      if (position >= streamLimits.address) return null
      const slot = new Slot()
      const share = shares.enter(address, slot.lose)
      if (share === null) return null
      begun.use(share)
      slot.taken = begun.move()
      callerLeft?.addEventListener('abort', slot.lose, { once: true })
      return slot
    },
  }
}

/** A class, because there are tens of thousands, and closures take more memory than fields. */
class Slot implements StreamSlot {
  isLost = false
  taken: Disposable | undefined
  #end: (() => void) | undefined

  readonly lose = (): void => {
    this.isLost = true
    this.taken?.[Symbol.dispose]()
    this.#end?.()
  }

  onLost(end: () => void): void {
    this.#end = end
    if (this.isLost) end()
  }

  [Symbol.dispose](): void {
    this.taken?.[Symbol.dispose]()
  }
}
