import type { SecondFactorProof } from '@app/contract'
import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import { verifyPasskey } from '../passkeys/index.ts'
import { useRecoveryCode } from '../recovery-codes/index.ts'
import { verifyTotp } from '../totp/index.ts'

/**
 * Uses up a proof that was verified as far as it needs no transaction.
 * @returns the id of the factor that it proves; null when it is wrong or was used
 */
export type UseProof = (tx: Writer) => Promise<string | null>

interface Attempt<M extends SecondFactorProof['method']> {
  userId: string
  proof: Extract<SecondFactorProof, { method: M }>
  /** What the proof is for; a passkey's challenge is bound to it. */
  purpose: 'second-factor' | 'elevation'
}

type VerifyProof<M extends SecondFactorProof['method']> = (
  ctx: Context,
  attempt: Attempt<M>,
) => Promise<UseProof>

/** How each second factor is verified: the log-in and the confirmation of a session use the same. */
const verifiers: { [M in SecondFactorProof['method']]: VerifyProof<M> } = {
  otp: (ctx, { userId, proof: { code } }) => verifyTotp(ctx, { userId, code }),
  passkey: async (ctx, { userId, proof: { response }, purpose }) => {
    const session = await ctx.auth.session()
    const use =
      purpose === 'elevation'
        ? (`elevate:${session?.id ?? ''}` as const)
        : (`second-factor:${userId}` as const)
    const passkey = await verifyPasskey(ctx, { response, use, userId })
    return (tx) => passkey.use(tx, ctx)
  },
  recovery:
    async (ctx, { userId, proof: { code } }) =>
    (tx) =>
      useRecoveryCode(tx, ctx, { userId, code }),
}

/** Returns the failure of a wrong proof. */
export function wrongProofReason({ method }: SecondFactorProof): 'CODE_INVALID' | 'PASSKEY_INVALID' {
  return method === 'passkey' ? 'PASSKEY_INVALID' : 'CODE_INVALID'
}

export function verifySecondFactor<M extends SecondFactorProof['method']>(
  ctx: Context,
  attempt: Attempt<M>,
): Promise<UseProof> {
  // Sound: the key and the proof have the same method.
  const verify = verifiers[attempt.proof.method] as VerifyProof<M>
  return verify(ctx, attempt)
}
