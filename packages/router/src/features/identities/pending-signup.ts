import type { Context } from '../../context.ts'
import type { PendingSignup } from './signup-cookie.ts'
import { isOffered } from './store.ts'

/** Returns the identity that was proved in this browser, unless its provider is no longer offered. */
export function readPendingSignup({
  identitySignup,
  cookies,
  clock,
  settings,
}: Pick<Context, 'identitySignup' | 'cookies' | 'clock' | 'settings'>): PendingSignup | null {
  const identity = identitySignup.read(cookies, clock())
  return identity !== null && isOffered(identity, settings.providers) ? identity : null
}
