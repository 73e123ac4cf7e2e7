import type { AuditEventName } from '@latchkey/contract'

import type { Writer } from '../../db/database.ts'
import { recordEvent, type Circumstances } from '../audit/index.ts'
import type { PasswordProof } from './verify.ts'

interface Failed {
  event: Extract<AuditEventName, 'login-failed' | 'elevation-failed' | 'password-change-failed'>
  /** Whose password it was not; null for a name that nobody has. */
  subject: string | null
  detail?: Record<string, string>
}

/** Writes down a wrong password, and once a pause the one that began it; what is refused during the pause writes nothing. */
export async function recordFailedPassword(
  tx: Writer,
  circumstances: Circumstances,
  { event, subject, detail = {} }: Failed,
  { closesBucket }: PasswordProof,
): Promise<void> {
  await recordEvent(tx, circumstances, { event, subject, detail })
  if (closesBucket) await recordEvent(tx, circumstances, { event: 'password-limited', subject, detail })
}
