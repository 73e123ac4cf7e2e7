import { failures, failureText } from '@app/contract'
import type { Failure, Reason } from '@app/contract'

/** The body of a failed call (RFC 9457). The details of the reason are members beside these. */
export interface Problem {
  type: string
  /** The same for all failures of the reason. */
  title: string
  status: number
  /** Of this failure. */
  detail: string
  /** The request id. */
  instance: string
  /** The extension on which programs switch. */
  reason: Reason
}

export const problemType = 'application/problem+json'

/** Returns the address that describes a reason. It is relative, so that all servers send the same. */
export function problemTypePath(reason: Reason): string {
  return `/api/problems/${reason}`
}

export function problemOf(failure: Failure, requestId: string): Problem {
  const { status, text } = failures[failure.reason]
  return {
    type: problemTypePath(failure.reason),
    title: text,
    status,
    detail: failureText(failure),
    instance: `urn:uuid:${requestId}`,
    ...failure,
  }
}
