import type { Strength, StrengthQuestion } from './strength.ts'

/** Judges passwords in a thread of its own, so that typing never waits for it. */
export interface StrengthMeter {
  /** A question that waits is replaced by a newer one: only the last text is of interest. */
  ask: (question: StrengthQuestion) => void
  close: () => void
}

/**
 * Loads the word lists, which are large: to be called when somebody types, not before.
 * @param onAnswer told the verdict about the last question; never, when the lists do not arrive: the hint is
 *   a help, nothing more
 */
export function openStrengthMeter(onAnswer: (strength: Strength) => void): StrengthMeter {
  const worker = new Worker(new URL('./strength-worker.ts', import.meta.url), { type: 'module' })
  let isBusy = false
  let waiting: StrengthQuestion | undefined

  worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isStrength(data)) return
    isBusy = false
    if (waiting === undefined) return onAnswer(data)
    const next = waiting
    waiting = undefined
    ask(next)
  })

  function ask(question: StrengthQuestion) {
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
