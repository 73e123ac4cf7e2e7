import * as z from 'zod/mini'
import { Self } from './account.ts'
import { SecondFactorMethod } from './auth-methods.ts'
import { OneTimeCode } from './one-time-code.ts'
import { AssertionResponse } from './passkeys.ts'
import { PresentedPassword } from './password.ts'
import { RecoveryCode } from './recovery-code.ts'

/** The proof of a second factor, one member for each method. */
export const secondFactorProofs = [
  z.strictObject({ method: z.literal('otp'), code: OneTimeCode }),
  z.strictObject({ method: z.literal('recovery'), code: RecoveryCode }),
  z.strictObject({ method: z.literal('passkey'), response: AssertionResponse }),
] as const

export const SecondFactorInput = z.discriminatedUnion('method', secondFactorProofs, {
  error: 'Choose how to confirm it is you.',
})
export type SecondFactorProof = z.infer<typeof SecondFactorInput>

/** Confirms that it is the user by the password: what forms check. */
export const PasswordConfirmation = z.strictObject({
  method: z.optional(z.literal('password')),
  password: PresentedPassword,
})

/** Confirms that it is the user, by the password unless `method` names another way. */
export const ElevateInput = z.discriminatedUnion('method', [PasswordConfirmation, ...secondFactorProofs], {
  error: 'Choose how to confirm it is you.',
})

/** The result of every log-in that has succeeded. */
export const SignedIn = z.object({ status: z.literal('signed-in'), user: Self })
export type SignedIn = z.infer<typeof SignedIn>

/**
 * The result of a log-in. `second-factor`: the first step was right, and `auth.secondFactor` finishes the
 * log-in with one of the methods. Until then there is no session.
 */
export const LoginResult = z.discriminatedUnion('status', [
  SignedIn,
  z.object({ status: z.literal('second-factor'), methods: z.array(SecondFactorMethod) }),
])
export type LoginResult = z.infer<typeof LoginResult>
