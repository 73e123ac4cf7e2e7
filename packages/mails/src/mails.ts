import { deliveryTest } from './delivery-test.ts'
import type { Letter } from './letter/letter.ts'
import { renderLetter } from './letter/render-letter.ts'
import { invitation } from './links/invitation.ts'
import { recovery } from './links/recovery.ts'
import { verifyAddress } from './links/verify-address.ts'
import type { Mail } from './mail.ts'
import { addressChanged, addressInUse, addressRemoved, addressVerified } from './notices/addresses.ts'
import { accountClosed, accountDisabled, roleChanged, sessionsEnded } from './notices/admin-actions.ts'
import { factorResetCancelled, factorResetRequested, factorsReset } from './notices/factor-reset.ts'
import { factorAdded, factorRemoved } from './notices/factors.ts'
import { identityLinked, identityUnlinked } from './notices/identities.ts'
import { newDeviceLogin, unfinishedLogin } from './notices/log-ins.ts'
import { passwordChanged, passwordReset, recoveryLinkIssued } from './notices/passwords.ts'
import { recoveryCodesReplaced, recoveryCodeUsed } from './notices/recovery-codes.ts'
import { tokenCreated } from './notices/token-created.ts'
import { languages } from './texts/texts.ts'
import type { Language, Texts } from './texts/texts.ts'

/** Every mail that the product sends, by kind. */
export const mails = {
  'verify-address': verifyAddress,
  'address-in-use': addressInUse,
  recovery,
  invitation,
  'password-changed': passwordChanged,
  'password-reset': passwordReset,
  'recovery-link-issued': recoveryLinkIssued,
  'address-changed': addressChanged,
  'address-verified': addressVerified,
  'address-removed': addressRemoved,
  'new-device-login': newDeviceLogin,
  'unfinished-login': unfinishedLogin,
  'sessions-ended': sessionsEnded,
  'account-disabled': accountDisabled,
  'account-closed': accountClosed,
  'role-changed': roleChanged,
  'factor-added': factorAdded,
  'factor-removed': factorRemoved,
  'recovery-codes-replaced': recoveryCodesReplaced,
  'recovery-code-used': recoveryCodeUsed,
  'factor-reset-requested': factorResetRequested,
  'factor-reset-cancelled': factorResetCancelled,
  'factors-reset': factorsReset,
  'identity-linked': identityLinked,
  'identity-unlinked': identityUnlinked,
  'token-created': tokenCreated,
  'delivery-test': deliveryTest,
} as const satisfies Record<string, (data: never, texts: Texts) => Letter>

export type MailKind = keyof typeof mails

/** What a mail of a kind says. It travels as JSON. */
export type MailData<K extends MailKind> = Parameters<(typeof mails)[K]>[0]

/** Writes a mail as text and as HTML, with the same facts in both. */
export function renderMail<K extends MailKind>(kind: K, data: MailData<K>, language: Language = 'en'): Mail {
  // Sound: the data of a kind is what its function takes.
  const write = mails[kind] as (of: MailData<K>, texts: Texts) => Letter
  const texts = languages[language]
  return renderLetter(write(data, texts), texts)
}
