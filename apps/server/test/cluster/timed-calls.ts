import { reasonIn } from '../support/raw-call.ts'
import type { RawAnswer } from '../support/raw-call.ts'

export interface TimedCalls {
  /** How many answers there were, by reason or status; `none` for a connection that broke. */
  readonly answers: Record<string, number>
  /** The longest time that a user waited for an answer. */
  readonly slowestMs: number
  /** Waits for the answer of a call and counts it. @returns null when the connection broke */
  timed(call: Promise<RawAnswer>): Promise<RawAnswer | null>
}

export function timedCalls(): TimedCalls {
  const answers: Record<string, number> = {}
  let slowestMs = 0
  return {
    answers,
    get slowestMs() {
      return slowestMs
    },
    timed: async (call) => {
      const begun = performance.now()
      const answer = await call.catch(() => null)
      slowestMs = Math.max(slowestMs, performance.now() - begun)
      const name = describe(answer)
      answers[name] = (answers[name] ?? 0) + 1
      return answer
    },
  }
}

function describe(answer: RawAnswer | null): string {
  if (answer === null) return 'none'
  return answer.status === 200 ? 'ok' : (reasonIn(answer) ?? String(answer.status))
}
