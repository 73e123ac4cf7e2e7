export type { Mail, MailOrigin } from './mail.ts'
export { mails, renderMail, type MailData, type MailKind } from './mails.ts'
