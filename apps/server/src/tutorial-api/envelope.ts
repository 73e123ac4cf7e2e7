import type { Failure, failures } from '@app/contract'

/** The body of every response of this API. */
export interface Envelope {
  /** One sentence for the user. */
  message: string
  /** Null in a failure. */
  data: unknown
  /** The kind of the failure by its status; null in a success. */
  error: string | null
}

type Status = (typeof failures)[Failure['reason']]['status']

/** The tutorial writes the phrases of RFC 9110 with one capital letter. */
const phrases: Record<Status, string> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content too large',
  415: 'Unsupported media type',
  421: 'Misdirected request',
  429: 'Too many requests',
  500: 'Internal server error',
  501: 'Not implemented',
  503: 'Service unavailable',
}

/** Returns the body of a failed call. */
export function failureEnvelope(status: Status, message: string): Envelope {
  return { message, data: null, error: phrases[status] }
}
