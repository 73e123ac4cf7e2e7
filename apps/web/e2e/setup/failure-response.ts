import type { Failure } from '@app/contract'

/** Returns the server's response to a failed call, for failures that are slow to provoke. */
export function failureResponse(status: number, failure: Failure) {
  const data = {
    code: 'CONFLICT',
    httpStatus: status,
    requestId: '01a00000-0000-7000-8000-000000000000',
    failure,
  }
  return { status, json: { error: { message: 'The call failed.', code: -32_009, data } } }
}
