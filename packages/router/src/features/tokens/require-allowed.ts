import type { TokenScope } from '@app/contract'
import { fail } from '../../failures.ts'
import type { TokenAuthentication } from './authenticate.ts'

/**
 * Rejects a token that comes with a session cookie, or calls a procedure that accepts none.
 * @throws TOKEN_NOT_ALLOWED
 */
export function requireTokenAllowed(
  { isWithCookie }: Pick<TokenAuthentication, 'isWithCookie'>,
  { scope }: { scope?: TokenScope | undefined } = {},
): void {
  if (isWithCookie) throw fail('TOKEN_NOT_ALLOWED', { why: 'with-cookie' })
  if (scope === undefined) throw fail('TOKEN_NOT_ALLOWED', { why: 'session-only' })
}
