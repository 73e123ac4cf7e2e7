import type * as z from 'zod/mini'
import type { failureDetails } from './failure-details.ts'
import { noteFailures } from './notes/failures.ts'

/**
 * Every failure of a call, by reason, with its HTTP status and public text.
 * Append-only: a released reason keeps its name and status forever, because programs switch on it. The text
 * is the fallback for users; clients switch on `reason`, never on the status or the text.
 */
export const failures = {
  INVALID_INPUT: { status: 400, text: 'Something that you entered is not valid. Check it and try again.' },
  PASSWORD_REJECTED: { status: 400, text: 'This password is too easy to guess. Choose another one.' },
  UNAUTHENTICATED: { status: 401, text: 'Log in to continue.' },
  SESSION_EXPIRED: { status: 401, text: 'Your session has ended. Log in again.' },
  INVALID_CREDENTIALS: { status: 401, text: 'Wrong user name or password.' },
  FORBIDDEN: { status: 403, text: 'You are not allowed to do this.' },
  SIGNUP_CLOSED: { status: 403, text: 'Sign-up is closed here.' },
  REAUTH_REQUIRED: { status: 403, text: 'Confirm that it is you to continue.' },
  NOT_FOUND: { status: 404, text: 'There is nothing here, or it is not yours.' },
  USERNAME_TAKEN: { status: 409, text: 'This user name is taken.' },
  LAST_ADMIN: { status: 409, text: 'There must be at least one admin.' },
  RATE_LIMITED: { status: 429, text: 'Too many attempts. Wait a moment.' },
  INTERNAL: { status: 500, text: 'Something went wrong on our side.' },
  BUSY: { status: 503, text: 'Too many users are logging in right now. Try again in a moment.' },
  UNAVAILABLE: { status: 503, text: 'The service cannot be reached right now. Try again in a moment.' },
  CROSS_ORIGIN: { status: 403, text: 'This request came from another site.' },
  PAYLOAD_TOO_LARGE: { status: 413, text: 'The request is too large.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, text: 'Send application/json.' },
  METHOD_NOT_ALLOWED: { status: 405, text: 'This address needs another HTTP method.' },
  NO_SUCH_PROCEDURE: { status: 404, text: 'There is no such procedure.' },
  BATCH_REFUSED: { status: 400, text: 'A batch may contain at most 10 queries and nothing else.' },
  MISDIRECTED: { status: 421, text: 'This server is not reached by this name. Use its public address.' },
  INVITATION_REQUIRED: { status: 403, text: 'You need an invitation to sign up here.' },
  LINK_INVALID: { status: 410, text: 'This link does not work any more. Ask for a new one.' },
  MAIL_UNAVAILABLE: { status: 501, text: 'This installation sends no mail. Ask an admin for help.' },
  LOGIN_EXPIRED: { status: 401, text: 'This log-in took too long or is not valid any more. Start again.' },
  CODE_INVALID: { status: 401, text: 'This code is wrong or was used before.' },
  PASSKEY_INVALID: { status: 401, text: 'This passkey was not accepted.' },
  FACTOR_REQUIRED: { status: 403, text: 'Set up a second factor to continue.' },
  PASSWORD_LOGIN_OFF: { status: 403, text: 'Passwords are not used to log in here.' },
  LAST_WAY_IN: {
    status: 409,
    text: 'This is the last way to log in to this account. Add another one first.',
  },
  FACTOR_EXISTS: { status: 409, text: 'This account has one already. Remove it first.' },
  FACTOR_LIMIT: { status: 409, text: 'This account has as many as it can have. Remove one first.' },
  IDENTITY_TAKEN: { status: 409, text: 'This identity belongs to another account.' },
  PASSKEYS_UNAVAILABLE: { status: 501, text: 'Passkeys do not work at this address.' },
  SCOPE_REQUIRED: {
    status: 403,
    text: 'This access token may not do this. Create one with the scope it needs.',
  },
  TOKEN_NOT_ALLOWED: { status: 403, text: 'This cannot be done with an access token. Log in to do it.' },
  TOO_MANY_TOKENS: {
    status: 409,
    text: 'This account has as many access tokens as it can have. Revoke one first.',
  },
  LINK_TOO_EARLY: { status: 403, text: 'This link does not work yet. Try again later.' },
  COOKIE_MISSING: {
    status: 401,
    text: 'This log-in is over, or your browser did not send its cookie. Start again. If it happens again, allow cookies for this site.',
  },
  ...noteFailures,
} as const satisfies Record<string, { status: number; text: string }>

export type Reason = keyof typeof failures

type Details = typeof failureDetails

/** The details of a reason: an object type, empty for most. */
export type FailureDetails<R extends Reason> = R extends keyof Details ? z.infer<Details[R]> : unknown

/** `error.data.failure` in a response; a union that narrows on `reason`. */
export type Failure<R extends Reason = Reason> = R extends Reason ? { reason: R } & FailureDetails<R> : never

/**
 * The client got no response of the server: no network, no server, an aborted call, or a proxy that answered.
 */
export interface Unreachable {
  reason: 'UNREACHABLE'
}

/**
 * Failures of the HTTP layer around the procedures: any call can have them, and no procedure declares them.
 */
export const protocolReasons = [
  'CROSS_ORIGIN',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'METHOD_NOT_ALLOWED',
  'NO_SUCH_PROCEDURE',
  'BATCH_REFUSED',
  'MISDIRECTED',
] as const satisfies Reason[]
export type ProtocolReason = (typeof protocolReasons)[number]

export type ProtocolFailure = Failure<ProtocolReason>

/** Failures that every procedure can have besides its own and its guards'. */
export const commonReasons = [
  'INVALID_INPUT',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'INTERNAL',
  'TOKEN_NOT_ALLOWED',
] as const satisfies Reason[]
export type CommonReason = (typeof commonReasons)[number]
