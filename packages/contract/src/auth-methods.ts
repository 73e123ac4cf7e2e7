import * as z from 'zod/mini'

/** How a user proved their identity, as in the AMR of RFC 8176. `oidc`: by an outside identity. */
export const authMethods = ['pwd', 'otp', 'recovery', 'passkey', 'oidc'] as const
export const AuthMethod = z.enum(authMethods)
export type AuthMethod = z.infer<typeof AuthMethod>

/** The methods of a second factor. `recovery` is a recovery code. */
export const secondFactorMethods = ['otp', 'recovery', 'passkey'] as const
export const SecondFactorMethod = z.enum(secondFactorMethods)
export type SecondFactorMethod = z.infer<typeof SecondFactorMethod>

/** How a user can authenticate again: by the password or by a factor of the account. */
export const reauthMethods = ['password', ...secondFactorMethods, 'oidc'] as const
export type ReauthMethod = (typeof reauthMethods)[number]

/** A session is at level 2 while a second factor of its account carries it (ASVS 5.0 6.3.3). */
export const SessionLevel = z.union([z.literal(1), z.literal(2)])
export type SessionLevel = z.infer<typeof SessionLevel>
