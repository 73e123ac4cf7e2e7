import type { failureShape } from '@app/router'
import { expect } from 'vitest'

/** Checks the headers that every rejection must have. @returns its status and reason */
export async function refusalOf(response: Response): Promise<unknown> {
  // Sound: the answer of every refused call, by the contract.
  const { error } = JSON.parse(await response.text()) as { error: ReturnType<typeof failureShape> }
  expect(error.data.requestId).toBe(response.headers.get('x-request-id'))
  expect(error.data.httpStatus).toBe(response.status)
  expect(response.headers.get('cache-control')).toBe('no-store')
  return [response.status, error.data.failure.reason]
}
