import type { Failure } from '@app/contract'

/** What the server answers when it refuses a call, for refusals that would take long to bring about. */
export function refusal(status: number, failure: Failure) {
  const data = {
    code: 'CONFLICT',
    httpStatus: status,
    requestId: '01a00000-0000-7000-8000-000000000000',
    failure,
  }
  return { status, json: { error: { message: 'The server refused.', code: -32_009, data } } }
}
