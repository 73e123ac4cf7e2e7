import { failures } from '@app/contract'
import type { Reason } from '@app/contract'
import type { failureShape } from '@app/router'
import { expect } from 'vitest'
import type { Path } from './procedure-types.ts'
import { isStream } from './raw-call.ts'
import type { RawAnswer } from './raw-call.ts'

/**
 * Checks that all parts of a response state the same failure. A stream states it in an event, because a
 * browser hides responses with another status from scripts.
 */
export function expectFailure(answer: RawAnswer, path: Path, reason: Reason): void {
  // Sound: the answer of every call that failed, by the contract; each field is looked at below.
  const { error } = JSON.parse(answer.text) as { error?: ReturnType<typeof failureShape> }
  const { status, text } = failures[reason]
  expect(answer.status).toBe(isStream(answer) ? 200 : status)
  expect(error).toMatchObject({
    message: text,
    data: { httpStatus: status, path, requestId: answer.headers.get('x-request-id'), failure: { reason } },
  })
  const failure = error?.data.failure ?? {}
  if (isStream(answer)) return
  const wait = 'retryAfterSeconds' in failure ? String(failure.retryAfterSeconds) : null
  expect(answer.headers.get('retry-after')).toBe(wait)
}
