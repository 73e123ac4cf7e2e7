import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import type { Fail } from '../../failures.ts'
import { allowsPassword } from '../factors/index.ts'
import type { PendingLogin } from '../factors/index.ts'
import { isIdentityOf } from '../identities/index.ts'
import { isCredentialVersion } from '../passwords/index.ts'
import { findEnabledUser } from '../users/index.ts'
import type { FoundUser } from '../users/index.ts'

type ReadContext = Pick<Context, 'pendingLogin' | 'cookies' | 'clock'> & {
  fail: Fail<'LOGIN_EXPIRED' | 'COOKIE_MISSING'>
}

/**
 * Returns the log-in that this browser began.
 * @throws LOGIN_EXPIRED if it is over; COOKIE_MISSING if the request has no cookie of any name: then it is
 *   over, or the browser blocks cookies
 */
export function readPendingLogin({ pendingLogin, cookies, clock, fail }: ReadContext): PendingLogin {
  const pending = pendingLogin.read(cookies, clock())
  if (pending === null) throw fail(cookies.isEmpty() ? 'COOKIE_MISSING' : 'LOGIN_EXPIRED')
  return pending
}

type PendingContext = Pick<Context, 'pendingLogin' | 'cookies' | 'settings'> & {
  fail: Fail<'LOGIN_EXPIRED'>
}

/**
 * Locks the user of a pending log-in, if what the first step proved is still true and still enough; else
 * clears its cookie. An admin may have lost the role, and with it the log-in by password; a provider may be
 * offered no longer.
 * @throws LOGIN_EXPIRED
 */
export async function requirePendingUser(
  tx: Writer,
  { pendingLogin, cookies, settings, fail }: PendingContext,
  { userId, proof }: PendingLogin,
): Promise<FoundUser> {
  const user = await findEnabledUser(tx, userId)
  const isValid =
    user !== undefined &&
    (proof.kind === 'password'
      ? allowsPassword(settings, user.role) && (await isCredentialVersion(tx, userId, proof.version))
      : await isIdentityOf(tx, { id: proof.id, userId }, settings.providers))
  if (user !== undefined && isValid) return user
  pendingLogin.clear(cookies)
  throw fail('LOGIN_EXPIRED')
}
