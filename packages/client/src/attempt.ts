import { failureText } from '@app/contract/failure-text'
import type { AnyFailure, Call, CallError, EveryCallFailure } from './call.ts'

/** The value of a call, or its failure. */
export type Attempt<Value, F extends AnyFailure> =
  | { ok: true; value: Value }
  | {
      ok: false
      failure: F
      /** The id under which the server logged the call; null without a response. */
      requestId: string | null
    }

/**
 * Waits for a call and returns its value, or one of the failures that its procedure declares. Does not throw.
 */
export async function attempt<Value, F extends AnyFailure>(call: Call<Value, F>): Promise<Attempt<Value, F>> {
  try {
    return { ok: true, value: await call }
  } catch (thrown) {
    // Sound: calls throw nothing else.
    const error = thrown as CallError<F>
    return { ok: false, failure: failureOf(error), requestId: error.data?.requestId ?? null }
  }
}

/**
 * Returns why a call failed; UNREACHABLE without a response of the server. Switch on `reason` and pass the
 * rest to `everyCallText`: a failure that the server adds later does not compile until the program handles
 * it.
 */
export function failureOf<F extends AnyFailure>(error: CallError<F>): F {
  // Sound by the contract: the server's responses fit the procedure's type, and every F has UNREACHABLE.
  return (error.data?.failure ?? { reason: 'UNREACHABLE' }) as F
}

/** Returns the sentence for a failure that any call can have. */
export function everyCallText(failure: EveryCallFailure): string {
  return failureText(failure)
}
