import { appRouter } from '@app/router'
import type { AnyProcedure } from '@trpc/server'
import type { Path } from './procedure-types.ts'
import { get, post } from './raw-call.ts'
import type { Credentials, RawAnswer } from './raw-call.ts'

// Sound: tRPC keeps the procedures flat by path; the declared type shows the tree that they were written as.
export const procedures = appRouter._def.procedures as object as Record<Path, AnyProcedure>

// Sound: the keys of the record above.
export const paths = Object.keys(procedures) as Path[]

/**
 * Returns whether a call counts for its address when its account has no calls left: it hashes a password or
 * recovers the account, and an attacker with a stolen session must not block it.
 */
export function leavesAllowanceOfAccount(path: Path): boolean {
  // Sound: tRPC's type of a procedure has the meta of the root.
  const meta = procedures[path]._def.meta as { hashesPassword?: boolean; recovers?: boolean }
  return meta.hashesPassword === true || meta.recovers === true
}

/** Calls as curl would, by the method that the procedure asks for. */
export function call(url: string, path: Path, input: unknown, credentials?: Credentials): Promise<RawAnswer> {
  return procedures[path]._def.type === 'mutation'
    ? post(url, path, input, credentials)
    : get(url, `${path}?input=${encodeURIComponent(JSON.stringify(input))}`, credentials)
}
