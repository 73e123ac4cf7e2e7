import type { Strength, StrengthAnswer, StrengthRequest } from './strength.ts'

type Question = Omit<StrengthRequest, 'id'>

/** Rates passwords in a worker, so that typing is not delayed. */
export interface StrengthMeter {
  /** Replaces a waiting request: only the last text matters. */
  ask: (question: Question) => void
  close: () => void
}

/**
 * Loads the word lists, which are large: call it when the user types, not before.
 * @param onAnswer called with the result of the last request, and again when more words are loaded; never
 * called if the worker fails to load
 */
export function openStrengthMeter(onAnswer: (strength: Strength) => void): StrengthMeter {
  const worker = new Worker(new URL('./strength-worker.ts', import.meta.url), { type: 'module' })
  let id = 0
  let isBusy = false
  let waiting: Question | undefined

  worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    // A newer request makes a repeated answer outdated.
    if (!isAnswer(data) || data.id !== id) return
    isBusy = false
    if (waiting === undefined) return onAnswer(data.strength)
    const next = waiting
    waiting = undefined
    ask(next)
  })

  function ask(question: Question) {
    if (isBusy) {
      waiting = question
      return
    }
    isBusy = true
    id += 1
    const request: StrengthRequest = { id, ...question }
    worker.postMessage(request)
  }

  return { ask, close: () => worker.terminate() }
}

function isAnswer(message: unknown): message is StrengthAnswer {
  return typeof message === 'object' && message !== null && 'id' in message && 'strength' in message
}
