import { failures } from '@app/contract'
import type { Failure } from '@app/contract'
import type { Page } from '@playwright/test'
import { answerCalls } from './answer-calls.ts'

/** Under which the refusals are in a log that nobody keeps. */
export const refusedId = '0192f7e1-3b7c-7a55-9c1e-2f51c0ffee00'

const codes: Record<number, string> = { 500: 'INTERNAL_SERVER_ERROR', 503: 'SERVICE_UNAVAILABLE' }

/**
 * From now on every call of the procedure fails so, with what the server sends then: for failures that are
 * hard to bring about.
 */
export async function refuse(
  page: Page,
  procedure: string,
  failure: Failure<'INTERNAL' | 'BUSY' | 'UNAVAILABLE'>,
): Promise<void> {
  const { status: httpStatus, text: message } = failures[failure.reason]
  const data = { code: codes[httpStatus], httpStatus, path: procedure, requestId: refusedId, failure }
  const error = { message, code: -32_603, data }
  await answerCalls(page, procedure, { status: httpStatus, json: { error } })
}
