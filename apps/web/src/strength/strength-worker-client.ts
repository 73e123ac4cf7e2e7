import type { Strength, StrengthRequest } from './strength.ts'

/** Rates passwords in a worker, so that typing is not delayed. */
export interface StrengthMeter {
  /** Replaces a waiting request: only the last text matters. */
  ask: (question: StrengthRequest) => void
  close: () => void
}

/**
 * Loads the word lists, which are large: call it when the user types, not before.
 * @param onAnswer called with the result of the last request; never called if the lists fail to load
 */
export function openStrengthMeter(onAnswer: (strength: Strength) => void): StrengthMeter {
  const worker = new Worker(new URL('./strength-worker.ts', import.meta.url), { type: 'module' })
  let isBusy = false
  let waiting: StrengthRequest | undefined

  worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isStrength(data)) return
    isBusy = false
    if (waiting === undefined) return onAnswer(data)
    const next = waiting
    waiting = undefined
    ask(next)
  })

  function ask(question: StrengthRequest) {
    if (isBusy) {
      waiting = question
      return
    }
    isBusy = true
    worker.postMessage(question)
  }

  return { ask, close: () => worker.terminate() }
}

function isStrength(message: unknown): message is Strength {
  return typeof message === 'object' && message !== null && 'score' in message
}
