import type { Letter } from '../letter/letter.ts'
import { originFacts } from '../letter/origin-facts.ts'
import type { MailOrigin } from '../mail.ts'
import type { Texts } from '../texts/texts.ts'

export interface RecoveryData {
  username: string
  link: string
  validMinutes: number
  origin: MailOrigin
}

/** Sends the link with which a user who forgot the password chooses a new one. */
export function recovery({ username, link, validMinutes, origin }: RecoveryData, texts: Texts): Letter {
  const { subject, preview, body, button, closing } = texts.recovery
  return {
    subject,
    preview: preview(validMinutes),
    body: body(username, validMinutes),
    action: { label: button, url: link, look: 'primary' },
    facts: originFacts(texts, origin),
    closing: [closing],
    footer: texts.aboutAccount(username),
  }
}
