import type { AuditEventName } from '@app/contract'

import type { Writer } from '../../db/database.ts'
import { recordEvent, type AuditContext } from '../audit/index.ts'
import { resetFailures } from '../throttle/index.ts'
import { lockOwner } from './store.ts'
import { dummyUserId, type PasswordVerification } from './verify.ts'

interface FailedPassword {
  event: Extract<AuditEventName, 'login-failed' | 'elevation-failed' | 'password-change-failed'>
  /** Whose password it was not; null for a name that nobody has. */
  subject: string | null
  detail?: Record<string, string>
}

/**
 * Writes down a wrong password, and once a pause the one that began it; what is refused during the pause writes nothing. The account
 * may have been closed since its name was looked up: then no address and no count is left behind of it.
 */
export async function recordFailedPassword(
  tx: Writer,
  context: AuditContext,
  { event, subject, detail = {} }: FailedPassword,
  { throttleKey, triggersLockout }: PasswordVerification,
): Promise<void> {
  const isThere = await lockOwner(tx, subject ?? dummyUserId)
  const isClosed = subject !== null && !isThere
  if (isClosed) await resetFailures(tx, [throttleKey])
  const { request } = context
  const kept = isClosed ? { ...context, request: { ...request, ip: null, userAgent: null } } : context
  await recordEvent(tx, kept, { event, subject, detail })
  if (triggersLockout) await recordEvent(tx, kept, { event: 'password-limited', subject, detail })
}
