import { parseSmtpUrl } from '../../settings/smtp-url.ts'
import type { SmtpServer } from '../../settings/smtp-url.ts'
import type { MailServer } from '../../testing/mail-server.ts'

/** Returns the settings of a test's mail server. `changes` require what a loopback server does not need. */
export function smtpServerOf({ url }: MailServer, changes: Partial<SmtpServer> = {}): SmtpServer {
  const parsed = parseSmtpUrl(url)
  if (!('server' in parsed)) throw new Error(parsed.problem)
  return { ...parsed.server, ...changes }
}
