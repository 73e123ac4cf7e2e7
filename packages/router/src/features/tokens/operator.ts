import type { Services } from '../../context.ts'
import { systemActor } from '../audit/index.ts'
import { revokeToken } from './revoke-token.ts'
import { findTokenToRevoke } from './store.ts'
import { accessTokenHash, isWellFormed } from './token-format.ts'

/**
 * Revokes a token for an operator on this machine, who found it in a log or a repository.
 * @param token the token or its public id
 * @returns the public id and the user name of the owner; null if there is no such token
 */
export async function revokeLeakedToken(
  { db, clock }: Services,
  token: string,
): Promise<{ id: string; username: string } | null> {
  const wanted = isWellFormed(token) ? { hash: accessTokenHash(token) } : { id: token }
  return db.writeFromReserve(async (tx) => {
    const found = await findTokenToRevoke(tx, wanted)
    if (found === undefined || !(await revokeToken(tx, { ...systemActor, clock }, found))) return null
    const { id, username } = found
    return { id, username }
  })
}
