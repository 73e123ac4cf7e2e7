import { authMethods } from '@app/contract'
import type { AuthMethod, SessionLevel } from '@app/contract'
import type { SessionRow } from './table.ts'

/** Returns 2 while a second factor of the account carries the session. */
export function levelOf({ factor_id: factorId }: Pick<SessionRow, 'factor_id'>): SessionLevel {
  return factorId === null ? 1 : 2
}

const known: ReadonlySet<string> = new Set(authMethods)

/**
 * Reads the stored methods in the order of use. A newer release may have stored methods that this one does
 * not know.
 */
export function methodsOf({ amr }: Pick<SessionRow, 'amr'>): AuthMethod[] {
  return amr.split(' ').filter((method): method is AuthMethod => known.has(method))
}

/** Returns the methods as `sessions.amr` stores them: each once, in the order of use. */
export function amrOf(methods: readonly AuthMethod[]): string {
  return [...new Set(methods)].join(' ')
}
