import type { AnyFailure } from './call-failed.ts'

/** What a person is told; with `retryAt`, in milliseconds since 1970, it counts down to the moment when another try makes sense. */
export type Message = string | { text: string; retryAt: number }

const whyLater = {
  RATE_LIMITED: 'Too many attempts.',
  BUSY: 'Too many people are logging in right now.',
  UNAVAILABLE: 'The service cannot do this right now.',
} as const

/**
 * What stands on the page about a failed call for as long as the person looks at it.
 * @param failedAt when the answer came, in milliseconds since 1970
 */
export function failureMessage(failure: AnyFailure, failedAt = Date.now()): Message {
  switch (failure.reason) {
    case 'RATE_LIMITED':
    case 'BUSY':
    case 'UNAVAILABLE':
      return { text: whyLater[failure.reason], retryAt: failedAt + failure.retryAfterSeconds * 1_000 }
    default:
      return failureSentence(failure)
  }
}

/**
 * What a person reads when a call fails. A reason that is added to the contract does not compile here until it has a
 * sentence; what a page must do about a failure of its own procedures is decided on the page.
 */
export function failureSentence(failure: AnyFailure): string {
  switch (failure.reason) {
    case 'INVALID_INPUT':
      return (
        [...failure.form, ...Object.values(failure.fields).flat()].join(' ') ||
        'Something in the input is not right.'
      )
    case 'PASSWORD_REJECTED':
      return failure.why === 'common'
        ? 'This password is used by many people and is guessed first. Choose another one.'
        : 'This password is too close to your own name or address. Choose another one.'
    case 'UNAUTHENTICATED':
      return 'Log in to continue.'
    case 'SESSION_EXPIRED':
      return 'Your session has ended. Log in again to continue.'
    case 'INVALID_CREDENTIALS':
      return 'Wrong user name or password.'
    case 'FORBIDDEN':
      return 'You are not allowed to do this.'
    case 'SIGNUP_CLOSED':
      return 'Sign-up is closed here. Ask the person who runs this place for an account.'
    case 'REAUTH_REQUIRED':
      return 'Nothing was changed: this needs your password first.'
    case 'NOT_FOUND':
      return 'This is no longer here. It may have been deleted meanwhile.'
    case 'USERNAME_TAKEN':
      return 'This user name is taken. Choose another one.'
    case 'LAST_ADMIN':
      return 'There must be at least one administrator. Make somebody else an administrator first.'
    case 'TOO_MANY_NOTES':
      return 'You have reached the limit of notes. Delete or shorten some first.'
    case 'NOTE_CHANGED':
      return 'This note was changed somewhere else meanwhile. Both versions are below; nothing is lost.'
    case 'RATE_LIMITED':
    case 'BUSY':
    case 'UNAVAILABLE':
      return `${whyLater[failure.reason]} Try again in ${duration(failure.retryAfterSeconds)}.`
    case 'INTERNAL':
      return 'Something went wrong on our side. Try again, and tell us if it keeps happening.'
    case 'UNREACHABLE':
      return 'The server cannot be reached. Check your connection, or try again in a moment.'
    case 'CROSS_ORIGIN':
    case 'BATCH_REFUSED':
    case 'METHOD_NOT_ALLOWED':
    case 'NO_SUCH_PROCEDURE':
    case 'UNSUPPORTED_MEDIA_TYPE':
      return ofAnotherVersion
    case 'MISDIRECTED':
      return 'This page was opened by an address that the server does not serve. Reload the page to see the right one.'
    case 'PAYLOAD_TOO_LARGE':
      return 'This is too large to be sent. Shorten it and try again.'
    default:
      return withoutSentence(failure)
  }
}

const ofAnotherVersion = 'This page and the server do not fit together. Reload the page and try again.'

/** Compiles only while the switch above is complete. It runs in a tab that is older than the server, which may know more reasons. */
function withoutSentence(_failure: never): string {
  return ofAnotherVersion
}

/** A time to wait, in words. */
export function duration(seconds: number): string {
  if (seconds < 90) return seconds <= 1 ? 'a second' : `${Math.ceil(seconds)} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`
}
