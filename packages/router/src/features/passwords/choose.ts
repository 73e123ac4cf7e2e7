import { identifierMark, type Services } from '../../context.ts'
import type { Fail } from '../../failures.ts'
import type { PasswordPolicy } from './policy.ts'
import { enterHashQueue, type HashDeps } from './enter-hash-queue.ts'

interface Choice {
  password: string
  /** The input field that a message about it belongs to. */
  field: string
  person: Parameters<PasswordPolicy>[1]
}

interface ChoosingParts {
  settings: { passwordMin: number }
  passwordPolicy: PasswordPolicy
  fail: Fail<'INVALID_INPUT' | 'PASSWORD_REJECTED'>
}

/**
 * Holds a new password to the house's rules. It is part of reading the input: before any attempt is counted, before any hash.
 * @throws INVALID_INPUT when it is shorter than PASSWORD_MIN, PASSWORD_REJECTED
 */
export function checkChosenPassword(
  { settings, passwordPolicy, fail }: ChoosingParts,
  { password, field, person }: Choice,
): void {
  if (Array.from(password).length < settings.passwordMin) {
    const message = `Password is too short: at least ${settings.passwordMin} characters.`
    throw fail('INVALID_INPUT', { fields: { [field]: [message] }, form: [] })
  }
  const why = passwordPolicy(password, person)
  if (why !== undefined) throw fail('PASSWORD_REJECTED', { why })
}

/**
 * The first password of a new account, hashed when its turn has come.
 * @throws BUSY, RATE_LIMITED
 */
export async function hashFirstPassword(
  parts: HashDeps & Pick<Services, 'passwordScheme' | 'identifierKey' | 'throttleKeys'>,
  { username, password }: { username: string; password: string },
): Promise<string> {
  // Like a log-in by the name, which nobody has yet: both are about one account.
  const { key } = parts.throttleKeys.name(identifierMark(parts, username))
  using _ticket = await enterHashQueue(parts, { key, isKnownDevice: false })
  return await parts.passwordScheme.hash(password)
}
