import { pseudonymize, type Services } from '../../context.ts'
import type { Fail } from '../../failures.ts'
import type { PasswordPolicy } from './policy.ts'
import { enterHashQueue, type HashDeps } from './enter-hash-queue.ts'

interface ChosenPassword {
  password: string
  /** The input field that a message about it belongs to. */
  field: string
  person: Parameters<PasswordPolicy>[1]
}

interface PasswordPolicyDeps {
  settings: { passwordMin: number }
  passwordPolicy: PasswordPolicy
  fail: Fail<'INVALID_INPUT' | 'PASSWORD_REJECTED'>
}

/**
 * Holds a new password to the house's rules. It is part of reading the input: before any attempt is counted, before any hash.
 * @throws INVALID_INPUT when it is shorter than PASSWORD_MIN, PASSWORD_REJECTED
 */
export function checkChosenPassword(
  { settings, passwordPolicy, fail }: PasswordPolicyDeps,
  { password, field, person }: ChosenPassword,
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
  deps: HashDeps & Pick<Services, 'passwordScheme' | 'identifierKey' | 'throttleKeys'>,
  { username, password }: { username: string; password: string },
): Promise<string> {
  // Like a log-in by the name, which nobody has yet: both are about one account.
  const { key } = deps.throttleKeys.name(pseudonymize(deps, username))
  using _ticket = await enterHashQueue(deps, { key, isKnownDevice: false })
  return await deps.passwordScheme.hash(password)
}
