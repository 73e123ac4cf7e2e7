import type { Failure, Reason } from '@app/contract'

import { fail, FailureError, type Fail } from './failures.ts'

/** What became of a call inside this process; `failure` narrows on its reason, as it does for clients. */
export type Outcome<T, R extends Reason> = { ok: true; value: T } | { ok: false; failure: Failure<R> }

/** For callers without a request, like the command line: declares the failures of a piece of work as `mayFail` does for a procedure. */
export async function attempt<T, const R extends Reason>(
  reasons: readonly R[],
  work: (fail: Fail<R>) => Promise<T>,
): Promise<Outcome<T, R>> {
  const declared: ReadonlySet<Reason> = new Set(reasons)
  try {
    return { ok: true, value: await work(fail) }
  } catch (error) {
    if (!(error instanceof FailureError) || !declared.has(error.failure.reason)) throw error
    // Sound: the set holds exactly the members of R.
    return { ok: false, failure: error.failure as Failure<R> }
  }
}
