import { failures, type CommonReason, type Failure, type ProtocolReason } from '@app/contract/failures'

/** No answer, or none of ours: no network, no server, or a proxy that answered in its place. */
export interface Unreachable {
  reason: 'UNREACHABLE'
}

/** What every call can meet besides the failures that its procedure and guards declare. */
export type EveryCallFailure = Failure<CommonReason | ProtocolReason> | Unreachable

/** The failures of the procedure that an error came from: a union that narrows on `reason`. */
export type FailureOf<E> = DeclaredIn<E> | Unreachable

type DeclaredIn<E> = E extends { readonly data: infer D }
  ? D extends { failure: infer F }
    ? F
    : never
  : never

/**
 * Why a call failed. Switch on `reason` and give the rest to `everyCallText`: a failure that is added on the server then
 * does not compile here until it is handled.
 */
export function failureOf<E extends { readonly data: unknown }>(error: E): FailureOf<E> {
  const { data } = error
  const failure: unknown =
    typeof data === 'object' && data !== null ? Reflect.get(data, 'failure') : undefined
  // Sound by the contract: when the server answered, `data.failure` is what the procedure's type says.
  return failure === undefined ? { reason: 'UNREACHABLE' } : (failure as DeclaredIn<E>)
}

/** A sentence for a person about what can befall any call. */
export function everyCallText(failure: EveryCallFailure): string {
  if (failure.reason === 'UNREACHABLE')
    return 'The server cannot be reached. Check your connection, or try again in a moment.'
  return failures[failure.reason].text
}
