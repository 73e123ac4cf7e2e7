import { z } from 'zod'
import { oneOf } from './env-schema.ts'
import { parseSmtpUrl } from './smtp-url.ts'

/** The sender of all mails. */
export interface MailSender {
  /** Empty: the address alone is shown. */
  name: string
  address: string
}

const senderForm = /^(?:"(?<quoted>[^"<>\\]*)"\s*|(?<plain>[^"<>\\]*))<(?<address>[^<>\s]+)>$/
const senderFix =
  'must be an address, or a name of at most 100 characters and an address: Accounts <accounts@example.org>'
const contactFix = 'must be an https or mailto address, or a text of at most 100 characters: the IT desk'

/** The settings of outgoing mail. Each message is the fix, and is printed after the name of the setting. */
export const mailShape = {
  SMTP_URL: z
    .string()
    .transform((url, context) => {
      const parsed = parseSmtpUrl(url)
      if ('server' in parsed) return parsed.server
      context.addIssue({ code: 'custom', message: parsed.problem })
      return z.NEVER
    })
    .nullable()
    .default(null),
  MAIL_FROM: z
    .string()
    .transform((text, context) => {
      const sender = senderOf(text)
      if (sender !== null) return sender
      context.addIssue({ code: 'custom', message: senderFix })
      return z.NEVER
    })
    .nullable()
    .default(null),
  SUPPORT_CONTACT: z.string().refine(isContact, contactFix).nullable().default(null),
  MAIL_NOTICES: oneOf('all', 'security').default('all'),
}

/** Returns what is wrong with the settings together, one sentence each. */
export function mailProblems(values: { SMTP_URL: object | null; MAIL_FROM: MailSender | null }): string[] {
  return values.SMTP_URL !== null && values.MAIL_FROM === null
    ? ['SMTP_URL needs a valid MAIL_FROM, the sender of all mails: Accounts <accounts@example.org>']
    : []
}

function senderOf(text: string): MailSender | null {
  const named = senderForm.exec(text)?.groups
  const name = (named?.['quoted'] ?? named?.['plain'] ?? '').trim()
  const address = named?.['address'] ?? text
  // Readers show a line break in a name, and RFC 5321 (4.5.3.1.1) limits the part before @ to 64 characters.
  const isPlain = name.length <= 100 && !/\p{C}/u.test(name) && address.indexOf('@') <= 64
  return isPlain && z.email().max(254).safeParse(address).success ? { name, address } : null
}

/** Users see it after "Ask", so a text that only looks like an address is refused. */
function isContact(text: string): boolean {
  if (text.length > 100 || /\p{C}/u.test(text)) return false
  if (!/^[a-z][a-z\d+.-]*:\S/i.test(text)) return true
  return /^(?:https:\/\/|mailto:[^@]+@)[!-~]+$/.test(text) && URL.canParse(text)
}
