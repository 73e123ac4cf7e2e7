import { failureText as commonText } from '@app/client'
import type { AnyFailure } from '@app/client'
import { waitTexts } from '@app/contract/failure-text'
import type { FailureTexts } from '@app/contract/failure-text'
import { failures } from '@app/contract/failures'

/** A sentence for the user. With `retryAt`, in milliseconds since 1970, the page counts down to that time. */
export type Message = string | { text: string; retryAt: number }

const outdated = () => 'This page is out of date. Reload it and try again.'

/** Sentences that differ from those for programs. */
const pageTexts: FailureTexts = {
  SIGNUP_CLOSED: () => 'Sign-up is closed here. Ask an admin for an account.',
  REAUTH_REQUIRED: () =>
    'You did not confirm that it is you, so nothing was done. Try again, and confirm when asked.',
  NOT_FOUND: () => 'This no longer exists. It may have been deleted.',
  USERNAME_TAKEN: () => 'This user name is taken. Choose another one.',
  LAST_ADMIN: () => 'There must be at least one admin. Make another user an admin first.',
  INTERNAL: () => 'Something went wrong on our side. Try again. If it happens again, contact an admin.',
  MISDIRECTED: () =>
    'The server does not use the address of this page. Reload the page to get to the right one.',
  PAYLOAD_TOO_LARGE: () => 'This is too large to be sent. Shorten it and try again.',
  CROSS_ORIGIN: outdated,
  BATCH_REFUSED: outdated,
  METHOD_NOT_ALLOWED: outdated,
  NO_SUCH_PROCEDURE: outdated,
  UNSUPPORTED_MEDIA_TYPE: outdated,
}

/** Returns the sentence that a page shows for a failure. */
export function failureText(failure: AnyFailure): string {
  // An old tab may receive a reason of a newer server.
  const isKnown = failure.reason === 'UNREACHABLE' || failure.reason in failures
  return isKnown ? commonText(failure, pageTexts) : outdated()
}

/**
 * Returns the message for a failed call, with the time of the next try if the server named one.
 * @param failedAt when the response arrived, in milliseconds since 1970
 */
export function failureMessage(failure: AnyFailure, failedAt = Date.now()): Message {
  if (!('retryAfterSeconds' in failure)) return failureText(failure)
  return { text: waitTexts[failure.reason], retryAt: failedAt + failure.retryAfterSeconds * 1_000 }
}
