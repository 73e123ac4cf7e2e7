import { findingsOf } from './finding.ts'
import type { Finding } from './finding.ts'
import { ask } from './subject.ts'
import type { Subject } from './subject.ts'

const { ok, warn, skipped } = findingsOf('mail')

const mailFix =
  'SMTP_URL=smtps://user:password@mail.example.org and MAIL_FROM="Accounts <accounts@example.org>"'

/** Says whether the server is set to send mail. Whether it can is checked on its machine. */
export async function checkMail(subject: Subject): Promise<Finding> {
  const { status, body } = await ask(subject, '/trpc/auth.options')
  const mode = status === 200 ? /"mail":"(smtp|mailbox|none)"/.exec(body)?.[1] : undefined
  if (mode === undefined) return skipped('The server does not report whether it sends mail.')
  if (mode === 'smtp') return ok('The server is set to send mail.')
  if (mode === 'mailbox') return ok('The server shows its mails on a page for developers, and sends none.')
  return warn('The server sends no mail, so users cannot recover accounts by themselves.', mailFix)
}
