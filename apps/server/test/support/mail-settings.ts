import { readAccountSettings } from '@app/router'
import type { AccountSettings } from '@app/router'
import type { MailServer } from '@app/router/testing'

/** Settings of a server that sends its mails to a test's mail server. */
export function mailSettings({ url }: Pick<MailServer, 'url'>): Pick<AccountSettings, 'smtp' | 'mailFrom'> {
  const environment = { SMTP_URL: url, MAIL_FROM: 'accounts@example.org' }
  const { settings, problems } = readAccountSettings(environment)
  if (settings === null) throw new Error(problems.join('\n'))
  return { smtp: settings.smtp, mailFrom: settings.mailFrom }
}
