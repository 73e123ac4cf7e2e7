import { renderMail } from '@app/mails'
import { newId } from '../../id.ts'
import { systemClock } from '../../ports/clock.ts'
import type { MailSender } from '../../settings/mail-settings.ts'
import type { SmtpServer } from '../../settings/smtp-url.ts'
import { createSmtpTransport } from './smtp-transport.ts'
import type { Delivery } from './transport.ts'

/** Sends one mail immediately, past the outbox, so that an operator sees what the mail server answers. */
export async function sendTestMail(
  { smtp, mailFrom }: { smtp: SmtpServer | null; mailFrom: MailSender | null },
  to: string,
): Promise<Delivery> {
  if (smtp === null || mailFrom === null) {
    return {
      status: 'failed',
      problem: 'SMTP_URL is not set, so the server sends no mail. Set it to the address of a mail server.',
    }
  }
  const transport = createSmtpTransport(smtp, mailFrom)
  const date = systemClock.wall()
  const mail = { id: newId(date), to, date, mail: renderMail('delivery-test', {}) }
  try {
    return await transport.send(mail, new AbortController().signal)
  } finally {
    await transport.close()
  }
}
