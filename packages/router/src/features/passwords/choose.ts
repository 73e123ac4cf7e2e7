import type { Fail } from '../../failures.ts'
import type { PasswordPolicy } from './policy.ts'
import { enterHashQueue, type HashingParts } from './verify.ts'

interface Choice {
  password: string
  /** The input field that a message about it belongs to. */
  field: string
  person: Parameters<PasswordPolicy>[1]
}

/**
 * Lets a new password pass the house's rules, then hashes it; no hash is spent on one that is refused.
 * @throws INVALID_INPUT when it is shorter than PASSWORD_MIN, PASSWORD_REJECTED, BUSY
 */
export async function hashChosenPassword(
  parts: HashingParts & {
    settings: { passwordMin: number }
    passwordPolicy: PasswordPolicy
    fail: Fail<'INVALID_INPUT' | 'PASSWORD_REJECTED' | 'BUSY'>
  },
  { password, field, person }: Choice,
): Promise<string> {
  const min = parts.settings.passwordMin
  if (Array.from(password).length < min) {
    const message = `Password is too short: at least ${min} characters.`
    throw parts.fail('INVALID_INPUT', { fields: { [field]: [message] }, form: [] })
  }
  const why = parts.passwordPolicy(password, person)
  if (why !== undefined) throw parts.fail('PASSWORD_REJECTED', { why })
  using _ticket = await enterHashQueue(parts, person.username)
  return await parts.passwordScheme.hash(password)
}
