import { failures } from './failures.ts'
import type { Failure, Reason, Unreachable } from './failures.ts'

/** The sentences of one page or command that replace the general ones. */
export type FailureTexts = {
  [R in Reason | 'UNREACHABLE']?: (failure: Extract<Failure | Unreachable, { reason: R }>) => string
}

/** Why the client has to wait, without the time. */
export const waitTexts = {
  RATE_LIMITED: 'Too many attempts.',
  BUSY: 'Too many users are logging in right now.',
  UNAVAILABLE: 'The service cannot do this right now.',
} as const

const detailedTexts: FailureTexts = {
  INVALID_INPUT: ({ fields, form }) =>
    [...form, ...Object.values(fields).flat()].join(' ') || failures.INVALID_INPUT.text,
  PASSWORD_REJECTED: ({ why }) =>
    why === 'common'
      ? 'This password is common and easy to guess. Choose another one.'
      : 'This password is too close to the name or address of the account. Choose another one.',
  RATE_LIMITED: waitText,
  BUSY: waitText,
  UNAVAILABLE: waitText,
  UNREACHABLE: () => 'The server cannot be reached. Check your connection, or try again in a moment.',
}

/** Returns the sentence that a user reads about a failure. `own` replaces sentences of this table. */
export function failureText<F extends Failure | Unreachable>(
  failure: F,
  own?: Pick<FailureTexts, F['reason']>,
): string {
  // Sound: the sentence of a reason takes the failure of that reason.
  const texts = { ...detailedTexts, ...own } as { [reason: string]: ((failure: F) => string) | undefined }
  const text = texts[failure.reason]
  if (text !== undefined) return text(failure)
  // A newer server may send a reason that this program does not know.
  const known: { [reason: string]: { text: string } | undefined } = failures
  return known[failure.reason]?.text ?? failures.INTERNAL.text
}

/** Writes a wait in words: `5 seconds`, `3 minutes`, `2 hours`. */
export function duration(seconds: number): string {
  if (seconds < 90) return seconds <= 1 ? 'a second' : `${Math.ceil(seconds)} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`
}

function waitText({ reason, retryAfterSeconds }: Failure<keyof typeof waitTexts>): string {
  return `${waitTexts[reason]} Try again in ${duration(retryAfterSeconds)}.`
}
