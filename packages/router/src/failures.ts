import { commonReasons, failures } from '@app/contract'
import type { CommonReason, Failure, FailureDetails, ProtocolReason, Reason } from '@app/contract'
import { TRPCError } from '@trpc/server'
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import type { TRPC_ERROR_CODE_NUMBER } from '@trpc/server/rpc'
import { z } from 'zod'
import { DatabaseUnavailable } from './db/database-unavailable.ts'

/** `error` in a response. Clients switch on `data.failure`. */
export interface FailureShape<R extends Reason> {
  message: string
  code: TRPC_ERROR_CODE_NUMBER
  data: {
    code: TRPC_ERROR_CODE_KEY
    httpStatus: number
    path?: string
    requestId: string
    failure: Failure<R>
  }
}

/** A declared failure, thrown. Only `mayFail` and the base procedure turn it into a response. */
export class FailureError extends TRPCError {
  readonly failure: Failure

  constructor(failure: Failure) {
    super({ code: codeOf(failure.reason), message: failures[failure.reason].text })
    this.failure = failure
  }
}

/** Makes the error of a declared failure; an undeclared reason does not compile. */
export type Fail<R extends Reason> = <T extends R>(
  reason: T,
  ...details: unknown extends FailureDetails<T> ? [] : [FailureDetails<T>]
) => FailureError

export const fail: Fail<Reason> = (reason, ...details) =>
  // Sound: `details` is the tuple that the reason asks for, and `Failure` is both together.
  new FailureError(Object.assign({ reason }, details[0]) as Failure)

export function failureShape<R extends Reason>(
  failure: Failure<R>,
  { path, requestId }: { path?: string | undefined; requestId: string },
): FailureShape<R> {
  const { status, text } = failures[failure.reason]
  const code = codeOf(failure.reason)
  return {
    message: text,
    code: TRPC_ERROR_CODES_BY_KEY[code],
    data: { code, httpStatus: status, ...(path === undefined ? {} : { path }), requestId, failure },
  }
}

/** Returns the failure that the base procedure answers for every undeclared error. */
export function commonFailure(error: TRPCError): Failure<CommonReason> {
  if (error instanceof FailureError && isCommon(error.failure)) return error.failure
  if (error.code === 'BAD_REQUEST') return { reason: 'INVALID_INPUT', ...inputProblems(error.cause) }
  if (error.cause instanceof DatabaseUnavailable)
    return { reason: 'UNAVAILABLE', retryAfterSeconds: error.cause.retryAfterSeconds }
  return { reason: 'INTERNAL' }
}

/**
 * Returns the failure that the root formatter answers: protocol errors that tRPC throws before any procedure
 * runs.
 */
export function protocolFailure(error: TRPCError): Failure<ProtocolReason | 'INTERNAL'> {
  switch (error.code) {
    case 'NOT_FOUND':
      return { reason: 'NO_SUCH_PROCEDURE' }
    case 'METHOD_NOT_SUPPORTED':
      return { reason: 'METHOD_NOT_ALLOWED' }
    case 'PAYLOAD_TOO_LARGE':
      return { reason: 'PAYLOAD_TOO_LARGE' }
    case 'UNSUPPORTED_MEDIA_TYPE':
      return { reason: 'UNSUPPORTED_MEDIA_TYPE' }
    case 'BAD_REQUEST':
      return { reason: 'BATCH_REFUSED' }
    default:
      return { reason: 'INTERNAL' }
  }
}

const common: ReadonlySet<Reason> = new Set(commonReasons)

function isCommon(failure: Failure): failure is Failure<CommonReason> {
  return common.has(failure.reason)
}

function inputProblems(cause: unknown): FailureDetails<'INVALID_INPUT'> {
  const fields: Record<string, string[]> = {}
  const form: string[] = []
  if (!(cause instanceof z.core.$ZodError)) return { fields, form: ['The input is not valid JSON.'] }
  for (const issue of cause.issues) {
    const field = issue.path[0]
    if (issue.code === 'unrecognized_keys') form.push(...issue.keys.slice(0, namedKeys).map(unknownKey))
    else if (field === undefined) form.push('The input must be an object.')
    else (fields[String(field)] ??= []).push(issue.message)
  }
  return { fields, form }
}

/** The maximum number of unknown keys that are named: a response must not grow with the request. */
const namedKeys = 10

/** Names the key, which is the caller's own text, cut to 40 characters. */
function unknownKey(key: string): string {
  return `Unknown field: ${JSON.stringify(key.slice(0, 40))}.`
}

const codes: Readonly<Record<(typeof failures)[Reason]['status'], TRPC_ERROR_CODE_KEY>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  409: 'CONFLICT',
  410: 'NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  421: 'BAD_REQUEST',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  501: 'NOT_IMPLEMENTED',
  503: 'SERVICE_UNAVAILABLE',
}

function codeOf(reason: Reason): TRPC_ERROR_CODE_KEY {
  return codes[failures[reason].status]
}
