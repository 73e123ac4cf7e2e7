export { checkMailServer } from './check-mail-server.ts'
export { mailModeOf, type MailMode } from './mode.ts'
export {
  notifyOfAddedFactor,
  notifyOfCancelledReset,
  notifyOfRemovedFactor,
  notifyOfReplacedCodes,
  notifyOfRequestedReset,
  notifyOfReset,
  notifyOfUnfinishedLogin,
  notifyOfUsedCode,
} from './factor-notices.ts'
export { notifyOfLinkedIdentity, notifyOfUnlinkedIdentity } from './identity-notices.ts'
export { createOutbox } from './outbox.ts'
export {
  notifyOfChangedAddress,
  notifyOfClosing,
  notifyOfDisabling,
  notifyOfEndedSessions,
  notifyOfIssuedLink,
  notifyOfNewDevice,
  notifyOfPasswordChange,
  notifyOfPasswordReset,
  notifyOfRemovedAddress,
  notifyOfRoleChange,
  notifyOfVerifiedAddress,
} from './notices.ts'
export { mayMail } from './link-limits/may-mail.ts'
export { readMailbox, type MailboxMail } from './mailbox/read-mailbox.ts'
export { queueMail } from './queue.ts'
export type { Composer, ComposedMail, Composers } from './requests.ts'
export { sendTestMail } from './send-test-mail.ts'
export { startMailSender, type MailSender } from './sending/sender.ts'
export { countWaitingMails } from './sending/store.ts'
export { notifyOfCreatedToken } from './token-notices.ts'
export { mailTransportOf } from './transport-of.ts'
