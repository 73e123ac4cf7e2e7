import { composeNotice, composeVerification } from './features/emails/index.ts'
import { composeInvitation } from './features/invitations/index.ts'
import type { Composers } from './features/mail/index.ts'
import { composeRecovery } from './features/recovery/index.ts'

/** Who composes each kind of mail, one line for each. */
export const mailComposers: Composers = {
  notice: composeNotice,
  recovery: composeRecovery,
  'email-verification': composeVerification,
  invitation: composeInvitation,
}
