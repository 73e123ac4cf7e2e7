import type { Letter } from '../letter/letter.ts'
import { originFacts } from '../letter/origin-facts.ts'
import type { MailOrigin } from '../mail.ts'
import type { Texts } from '../texts/texts.ts'

export interface VerifyAddressData {
  username: string
  link: string
  validMinutes: number
  origin: MailOrigin
}

/** Asks the owner of an address to confirm that it belongs to an account. The address is not verified yet. */
export function verifyAddress(
  { username, link, validMinutes, origin }: VerifyAddressData,
  texts: Texts,
): Letter {
  const { subject, preview, body, button, closing, footer } = texts.verifyAddress
  return {
    subject,
    preview: preview(validMinutes),
    body: body(username, validMinutes),
    action: { label: button, url: link, look: 'primary' },
    facts: originFacts(texts, origin),
    closing: [closing],
    footer,
  }
}
