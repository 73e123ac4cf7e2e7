import { userLimits } from '@app/contract'
import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import type { Fail } from '../../failures.ts'
import { newId } from '../../id.ts'
import { insertFactor } from '../factors/index.ts'
import type { OpenChallenge } from './challenge.ts'
import { guessName } from './guess-name.ts'
import { findPasskey, insertPasskey, listPasskeys } from './store.ts'
import { useChallenge } from './use-challenge.ts'
import type { NewCredential } from './verify.ts'

interface Registration {
  userId: string
  challenge: OpenChallenge
  credential: NewCredential
  /** Undefined: it is guessed. */
  name: string | undefined
}

/**
 * Adds a verified passkey to an account. Call it with the user locked.
 * @throws FACTOR_LIMIT, FACTOR_EXISTS for a passkey of this account, PASSKEY_INVALID for a used challenge and
 *   for a passkey of another account
 */
export async function registerPasskey(
  tx: Writer,
  {
    clock,
    fail,
  }: Pick<Context, 'clock'> & { fail: Fail<'FACTOR_LIMIT' | 'FACTOR_EXISTS' | 'PASSKEY_INVALID'> },
  { userId, challenge, credential, name }: Registration,
): Promise<{ id: string; name: string }> {
  const now = clock()
  const passkeys = await listPasskeys(tx, userId)
  if (passkeys.length >= userLimits.passkeys) throw fail('FACTOR_LIMIT')
  if (!(await useChallenge(tx, challenge, now))) throw fail('PASSKEY_INVALID')
  const id = newId(now)
  const names = passkeys.map((passkey) => passkey.name)
  const chosen = name ?? (await guessName(credential.aaguid, names))
  await insertFactor(tx, { id, userId, kind: 'passkey', name: chosen, now })
  const isNew = await insertPasskey(tx, {
    factor_id: id,
    credential_id: credential.id,
    public_key: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: JSON.stringify(credential.transports),
    aaguid: credential.aaguid,
    device_type: credential.deviceType,
    backed_up: credential.backedUp ? 1 : 0,
  })
  if (!isNew) {
    const existing = await findPasskey(tx, credential.id)
    throw fail(existing?.user_id === userId ? 'FACTOR_EXISTS' : 'PASSKEY_INVALID')
  }
  return { id, name: chosen }
}
