import { tokenLimits, tokenScopes } from '@app/contract'
import type { Token, TokenScope } from '@app/contract'
import type { Writer } from '../../db/database.ts'
import type { Fail } from '../../failures.ts'
import { newId } from '../../id.ts'
import type { Clock } from '../../ports/clock.ts'
import { levelOf } from '../sessions/index.ts'
import type { SessionWithUser } from '../sessions/index.ts'
import { toToken } from './shown-token.ts'
import { countLiveTokens, insertToken, sweepTokens } from './store.ts'
import { accessTokenHash, hintOf, newAccessToken } from './token-format.ts'

interface TokenDeps {
  clock: Clock
  session: SessionWithUser
  fail: Fail<'TOO_MANY_TOKENS'>
}

interface NewToken {
  name: string
  scopes: readonly TokenScope[]
  expiresInDays: number
}

const dayMs = 24 * 3_600_000

/** Creates a token of the acting user, whom the transaction has locked. Only its hash is stored. */
export async function createToken(
  tx: Writer,
  { clock, session, fail }: TokenDeps,
  { name, scopes, expiresInDays }: NewToken,
): Promise<Token & { token: string }> {
  const now = clock()
  const userId = session.user_id
  await sweepTokens(tx, now, 10)
  if ((await countLiveTokens(tx, { userId, now })) >= tokenLimits.perAccount) throw fail('TOO_MANY_TOKENS')
  const token = newAccessToken()
  const row = {
    id: newId(now),
    user_id: userId,
    hash: accessTokenHash(token),
    hint: hintOf(token),
    name,
    scopes: tokenScopes.filter((scope) => scopes.includes(scope)).join(' '),
    level: levelOf(session),
    created_at: now,
    expires_at: now + expiresInDays * dayMs,
    last_used_at: null,
  }
  await insertToken(tx, row)
  return { ...toToken(row), token }
}
