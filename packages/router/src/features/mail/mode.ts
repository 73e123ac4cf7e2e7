/**
 * How an installation sends mail. `smtp`: through SMTP_URL. `mailbox`: without SMTP_URL on a server that only
 * its own machine reaches, mails are shown on a page for developers. `none`: nothing is sent.
 */
export type MailMode = 'smtp' | 'mailbox' | 'none'

/**
 * Chooses the mode by the settings.
 * @param isExposed whether other machines can reach the server
 * @param smtp the setting SMTP_URL
 */
export function mailModeOf({ isExposed, smtp }: { isExposed: boolean; smtp: object | null }): MailMode {
  if (smtp !== null) return 'smtp'
  return isExposed ? 'none' : 'mailbox'
}
