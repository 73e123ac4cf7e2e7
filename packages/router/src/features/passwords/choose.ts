import { pseudonymize } from '../../context.ts'
import type { Services } from '../../context.ts'
import type { Fail } from '../../failures.ts'
import { addressKey } from '../../rate-limits/rate-limits.ts'
import type { BreachCheck } from './breach-check/breach-check.ts'
import { enterHashQueue } from './enter-hash-queue.ts'
import type { HashDeps } from './enter-hash-queue.ts'
import type { PasswordPolicy } from './policy.ts'

interface ChosenPassword {
  password: string
  /** The input field for error messages. */
  field: string
  identity: Parameters<PasswordPolicy>[1]
}

interface PasswordPolicyDeps {
  settings: { passwordMin: number }
  passwordPolicy: PasswordPolicy
  breachCheck: BreachCheck
  request: { ip: string | null }
  fail: Fail<'INVALID_INPUT' | 'PASSWORD_REJECTED'>
}

/**
 * Checks a new password against the password policy, and with BREACH_CHECK=online against a range service,
 * which may take a second. Part of the input validation: before any attempt is counted, any hash and any
 * transaction.
 * @throws INVALID_INPUT when it is shorter than PASSWORD_MIN, PASSWORD_REJECTED
 */
export async function checkChosenPassword(
  { settings, passwordPolicy, breachCheck, request, fail }: PasswordPolicyDeps,
  { password, field, identity }: ChosenPassword,
): Promise<void> {
  if (Array.from(password).length < settings.passwordMin) {
    const message = `Password is too short: at least ${settings.passwordMin} characters.`
    throw fail('INVALID_INPUT', { fields: { [field]: [message] }, form: [] })
  }
  const rejection = passwordPolicy(password, identity)
  if (rejection !== undefined) throw fail('PASSWORD_REJECTED', rejection)
  const { kind } = await breachCheck.check(password, addressKey(request.ip))
  if (kind === 'breached') throw fail('PASSWORD_REJECTED', { why: 'breached' })
}

/**
 * Hashes the password that a user chose by a recovery link, when it has a slot. It is counted for the user,
 * but not with the log-ins, which an attacker could use up.
 * @throws BUSY, RATE_LIMITED
 */
export async function hashRecoveredPassword(
  deps: HashDeps & Pick<Services, 'passwordScheme'>,
  { userId, password }: { userId: string; password: string },
): Promise<string> {
  using _slot = await enterHashQueue(deps, { key: `recovery:${userId}`, isKnownDevice: false })
  return await deps.passwordScheme.hash(password)
}

/**
 * Hashes the first password of a new account, when it has a slot.
 * @throws BUSY, RATE_LIMITED
 */
export async function hashFirstPassword(
  deps: HashDeps & Pick<Services, 'passwordScheme' | 'identifierKey' | 'throttleKeys'>,
  { username, password }: { username: string; password: string },
): Promise<string> {
  // Counted like a log-in with this user name, which does not exist yet.
  const { key } = deps.throttleKeys.name(pseudonymize(deps, username))
  using _slot = await enterHashQueue(deps, { key, isKnownDevice: false })
  return await deps.passwordScheme.hash(password)
}
