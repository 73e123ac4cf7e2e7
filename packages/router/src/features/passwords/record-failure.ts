import type { AuditEventName } from '@app/contract'
import type { Writer } from '../../db/database.ts'
import { recordEvent } from '../audit/index.ts'
import type { AuditContext } from '../audit/index.ts'
import { resetFailures } from '../throttle/index.ts'
import { lockOwner } from './store.ts'
import { dummyUserId } from './verify.ts'
import type { PasswordVerification } from './verify.ts'

interface FailedPassword {
  event: Extract<AuditEventName, 'login-failed' | 'elevation-failed' | 'password-change-failed'>
  /** The user whose password was guessed; null for a user name that does not exist. */
  subject: string | null
  detail?: Record<string, string>
}

/**
 * Records a wrong password, and the start of a pause. Attempts that a pause rejects write nothing. If the
 * account was closed since its name was looked up, neither an address nor a count of it remains.
 */
export async function recordFailedPassword(
  tx: Writer,
  context: AuditContext,
  { event, subject, detail = {} }: FailedPassword,
  { throttleKey, triggersLockout }: PasswordVerification,
): Promise<void> {
  const exists = await lockOwner(tx, subject ?? dummyUserId)
  const isClosed = subject !== null && !exists
  if (isClosed) await resetFailures(tx, [throttleKey])
  const { request } = context
  const kept = isClosed ? { ...context, request: { ...request, ip: null, userAgent: null } } : context
  await recordEvent(tx, kept, { event, subject, detail })
  if (triggersLockout) await recordEvent(tx, kept, { event: 'password-limited', subject, detail })
}
