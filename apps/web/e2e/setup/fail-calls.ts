import { failures } from '@app/contract'
import type { Failure } from '@app/contract'
import type { Page } from '@playwright/test'
import { fulfillCalls } from './fulfill-calls.ts'

/** The request id of the failures. */
export const failedRequestId = '0192f7e1-3b7c-7a55-9c1e-2f51c0ffee00'

const codes: Record<number, string> = {
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
}

/** Makes every call of the procedure fail as the server would, for failures that are hard to provoke. */
export async function failCalls(
  page: Page,
  procedure: string,
  failure: Failure<'INTERNAL' | 'BUSY' | 'RATE_LIMITED' | 'UNAVAILABLE'>,
): Promise<void> {
  const { status: httpStatus, text: message } = failures[failure.reason]
  const data = { code: codes[httpStatus], httpStatus, path: procedure, requestId: failedRequestId, failure }
  const error = { message, code: -32_603, data }
  await fulfillCalls(page, procedure, { status: httpStatus, json: { error } })
}
