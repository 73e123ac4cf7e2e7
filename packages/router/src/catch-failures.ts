import type { Failure, Reason } from '@app/contract'
import { fail, FailureError } from './failures.ts'
import type { Fail } from './failures.ts'

/** The value of a piece of work, or its failure. */
export type Outcome<T, R extends Reason> = { ok: true; value: T } | { ok: false; failure: Failure<R> }

/**
 * Runs work that has no request, like a command, and returns its declared failures as values. `mayFail`
 * declares the failures of a procedure.
 */
export async function catchFailures<T, const R extends Reason>(
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
