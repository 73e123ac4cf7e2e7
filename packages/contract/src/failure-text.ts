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

/** A newer server may send another `why`. */
const rejectedPasswordTexts: { [why: string]: string | undefined } = {
  common: 'This password is common and easy to guess. Choose another one.',
  personal: 'This password is too close to the name or address of the account. Choose another one.',
  breached: 'This password appears in known data breaches. Choose another one.',
} satisfies Record<Failure<'PASSWORD_REJECTED'>['why'], string>

/** A newer server may send another `why`. */
const unavailablePasskeysTexts: { [why: string]: string | undefined } = {
  'ip-address': 'Browsers do not allow passkeys at an IP address. They need a host name.',
  'not-https': 'Browsers do not allow passkeys without https.',
} satisfies Record<Failure<'PASSKEYS_UNAVAILABLE'>['why'], string>

/** A newer server may send another `why`. */
const refusedTokenTexts: { [why: string]: string | undefined } = {
  'session-only': failures.TOKEN_NOT_ALLOWED.text,
  'with-cookie': 'An access token was sent together with a session cookie. Send only one of them.',
  'admin-tokens-off': 'Access tokens of admins are off here. Log in to do it.',
} satisfies Record<Failure<'TOKEN_NOT_ALLOWED'>['why'], string>

const detailedTexts: FailureTexts = {
  INVALID_INPUT: ({ fields, form }) =>
    [...form, ...Object.values(fields).flat()].join(' ') || failures.INVALID_INPUT.text,
  PASSWORD_REJECTED: ({ why }) => rejectedPasswordTexts[why] ?? failures.PASSWORD_REJECTED.text,
  PASSKEYS_UNAVAILABLE: ({ why }) => unavailablePasskeysTexts[why] ?? failures.PASSKEYS_UNAVAILABLE.text,
  SCOPE_REQUIRED: ({ scope }) => `This access token needs the scope ${scope}. Create one that has it.`,
  TOKEN_NOT_ALLOWED: ({ why }) => refusedTokenTexts[why] ?? failures.TOKEN_NOT_ALLOWED.text,
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
