import type { AssertionResponse } from '@app/contract'
import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import { recordEvent } from '../audit/index.ts'
import type { AuditContext } from '../audit/index.ts'
import { saveFactorUse } from '../factors/index.ts'
import type { ChallengeUse } from './challenge.ts'
import { relyingPartyOf } from './relying-party.ts'
import { findPasskey, saveCounter } from './store.ts'
import { useChallenge } from './use-challenge.ts'
import { userHandleOf } from './user-handle.ts'
import { verifyAssertion } from './verify.ts'

type VerifyDeps = Pick<Context, 'db' | 'clock' | 'publicUrl' | 'passkeyChallenges' | 'cookies'>

interface PresentedPasskey {
  response: AssertionResponse
  /** What the challenge must have been issued for. */
  use: ChallengeUse
  /** The user who must own the passkey; undefined: the passkey says who logs in. */
  userId?: string
}

interface VerifiedPasskey {
  /** The owner of a registered passkey, also when the answer was wrong; null for an unknown one. */
  userId: string | null
  /** Whether the answer was right. */
  isVerified: boolean
  /**
   * Uses up the challenge and saves the counter. Call it in the transaction of the effect, with the user
   * locked.
   * @returns the id of the factor; null when the answer is wrong, used, or of a copied or removed passkey
   */
  use(tx: Writer, context: AuditContext): Promise<string | null>
}

/** Verifies the answer of a passkey as far as it needs no transaction. It proves two factors. */
export async function verifyPasskey(
  { db, clock, publicUrl, passkeyChallenges, cookies }: VerifyDeps,
  { response, use, userId }: PresentedPasskey,
): Promise<VerifiedPasskey> {
  const passkey = await findPasskey(db.read, response.id)
  const owner = passkey?.user_id ?? null
  const refused: VerifiedPasskey = { userId: owner, isVerified: false, use: async () => null }
  const { clientDataJSON, userHandle } = response.response
  const relyingParty = relyingPartyOf(publicUrl())
  const challenge = passkeyChallenges.open(cookies, { clientDataJSON, use, now: clock() })
  if (passkey === undefined || owner === null || challenge === null || 'why' in relyingParty) return refused
  if (userId !== undefined && userId !== owner) return refused
  // A log-in must name its user. Elsewhere authenticators may leave the handle out (WebAuthn Level 3, 7.2).
  const isHandleMissing = userHandle === undefined || userHandle === null
  if (isHandleMissing ? userId === undefined : userHandle !== userHandleOf(owner)) return refused
  const assertion = await verifyAssertion(
    response,
    { challenge: challenge.text, relyingParty },
    {
      id: passkey.credential_id,
      publicKey: new Uint8Array(Buffer.from(passkey.public_key, 'base64url')),
      deviceType: passkey.device_type,
    },
  )
  if (assertion === null) return refused
  const factorId = passkey.factor_id
  return {
    userId: owner,
    isVerified: true,
    use: async (tx, context) => {
      if (!(await useChallenge(tx, challenge, clock()))) return null
      const outcome = await saveCounter(tx, { factorId, ...assertion })
      if (outcome === 'did-not-grow') {
        await recordEvent(tx, context, { event: 'passkey-cloned', subject: owner })
      }
      if (outcome !== 'saved') return null
      await saveFactorUse(tx, factorId, clock())
      return factorId
    },
  }
}
