import type { Log } from '../../../ports/log.ts'

/**
 * Why a provider did not prove an identity. `unavailable`: no usable answer in time. `refused`: the provider
 * said no. `cancelled`: the user said no. `invalid`: an answer that fails a check.
 */
export type ProviderFailureReason = 'unavailable' | 'refused' | 'cancelled' | 'invalid'

/** `code` is a name of the library or of a standard, never a text of the provider. */
export class ProviderFailure extends Error {
  readonly reason: ProviderFailureReason
  readonly code: string

  constructor(reason: ProviderFailureReason, code: string) {
    super(`${reason}: ${code}`)
    this.reason = reason
    this.code = code
  }
}

/** What may have a `code` and an `error` among the errors of the library and of `fetch`. */
interface ThrownError extends Error {
  code?: unknown
  /** The error code that the provider sent (RFC 6749 sections 4.1.2.1 and 5.2). */
  error?: unknown
  status?: unknown
  cause?: unknown
}

/** Sorts every error of a request to a provider or of a check of its answer. */
export function providerFailureOf(thrown: unknown): ProviderFailure {
  if (thrown instanceof ProviderFailure) return thrown
  const error = thrown instanceof Error ? (thrown as ThrownError) : new Error('not an error')
  // A failure of our own `fetch`, wrapped by the library.
  if (error.cause instanceof ProviderFailure) return error.cause
  const { name } = error
  const sent = 'error' in error ? standardName(error.error) : null
  if (name === 'AuthorizationResponseError')
    return new ProviderFailure(reasonOfResponse(sent), sent ?? 'other')
  if (name === 'ResponseBodyError') return new ProviderFailure('refused', sent ?? 'other')
  const code = 'code' in error ? standardName(error.code) : null
  if (name === 'TimeoutError' || code === 'OAUTH_TIMEOUT')
    return new ProviderFailure('unavailable', 'timeout')
  // `fetch` found no server, no trusted certificate, or a connection that was cut.
  if (error instanceof TypeError && code === null) {
    const cause: unknown = error.cause
    const detail = cause instanceof Error && 'code' in cause ? standardName(cause.code) : null
    return new ProviderFailure('unavailable', detail ?? 'unreachable')
  }
  return new ProviderFailure('invalid', code ?? standardName(name) ?? 'other')
}

/** Logs a failure with names only: a provider's text could imitate a line of the log. */
export function logProviderFailure(
  log: Log,
  failure: ProviderFailure,
  fields: { provider: string; requestId: string | null },
): void {
  const { reason, code } = failure
  const level = reason === 'cancelled' ? 'info' : 'warn'
  log[level]({ ...fields, reason, code }, 'an outside identity was not accepted')
}

function reasonOfResponse(code: string | null): ProviderFailureReason {
  if (code === 'access_denied') return 'cancelled'
  return code === 'temporarily_unavailable' || code === 'server_error' ? 'unavailable' : 'refused'
}

/** @returns the text if it has the form of an error code */
function standardName(text: unknown): string | null {
  return typeof text === 'string' && /^[A-Za-z_]{1,60}$/.test(text) ? text : null
}
