import type { Services } from '../../context.ts'
import { createSmtpTransport } from './smtp-transport.ts'
import type { MailTransport } from './transport.ts'

/** The mails stay in the outbox, where the page for developers reads them. */
const mailbox: MailTransport = {
  send: () => Promise.resolve({ status: 'sent' }),
  close: () => Promise.resolve(),
}

/** Returns what sends the mails of an installation; null: nothing, and mails that wait keep waiting. */
export function mailTransportOf({
  mailMode,
  settings: { smtp, mailFrom },
}: Pick<Services, 'mailMode' | 'settings'>): MailTransport | null {
  if (mailMode === 'mailbox') return mailbox
  return smtp === null || mailFrom === null ? null : createSmtpTransport(smtp, mailFrom)
}
