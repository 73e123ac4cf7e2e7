import type { ReauthMethod, SecondFactorProof } from '@app/contract'

/** What a form of this folder sends. `password` is the first step of a log-in, or proves the user again. */
export type Proof = { method: 'password'; password: string } | SecondFactorProof

/** A method that a form of this folder can ask for. An outside account is asked for by a link. */
export type FormMethod = Exclude<ReauthMethod, 'oidc'>

/** The label of the button that changes to another method. */
export const otherMethodLabels: Readonly<Record<FormMethod, string>> = {
  password: 'Use your password',
  otp: 'Use your authenticator app',
  passkey: 'Use a passkey',
  recovery: 'Use a recovery code',
}

/** The easiest first. A recovery code is the last resort, because each works once. */
const order: readonly FormMethod[] = ['password', 'otp', 'passkey', 'recovery']

/** Returns the methods in the order in which they are offered. */
export function inOrder(methods: readonly ReauthMethod[]): FormMethod[] {
  return order.filter((method) => methods.includes(method))
}
