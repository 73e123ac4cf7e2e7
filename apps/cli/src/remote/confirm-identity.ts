import type { Client } from '@app/client'
import { askHidden } from '../prompt.ts'

type Proof = Parameters<Client['auth']['elevate']['mutate']>[0]
type SecondProof = Parameters<Client['auth']['secondFactor']['mutate']>[0]

/**
 * Asks on the terminal for a proof of the user.
 * @param methods what the server accepts
 * @returns null if a terminal can give none of them
 */
export async function confirmIdentity(methods: readonly string[]): Promise<Proof | null> {
  if (takesCode(methods)) return codeProof(await askCode())
  if (!methods.includes('password')) return null
  const [password = ''] = await askHidden('Your password, to confirm that it is you: ')
  return { password }
}

/** Checks whether the account has a second factor that can be typed. */
export function takesCode(methods: readonly string[]): boolean {
  return methods.includes('otp') || methods.includes('recovery')
}

export async function askCode(): Promise<string> {
  const [code = ''] = await askHidden('Code of your authenticator app, or a recovery code: ')
  return code
}

/** Six digits are of an authenticator app. The server checks the form of both. */
export function codeProof(typed: string): SecondProof {
  const code = typed.trim()
  return /^\d{3}[\s-]?\d{3}$/.test(code) ? { method: 'otp', code } : { method: 'recovery', code }
}
