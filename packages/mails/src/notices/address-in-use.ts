import type { Letter } from '../letter/letter.ts'
import { originFacts } from '../letter/origin-facts.ts'
import type { Texts } from '../texts/texts.ts'
import type { NoticeData } from './notice.ts'

/** Informs the owner of a verified address that it was entered for another account. */
export function addressInUse({ username, origin }: NoticeData, texts: Texts): Letter {
  const { subject, preview, body, closing } = texts.addressInUse
  return {
    subject,
    preview,
    body: body(username),
    facts: originFacts(texts, origin),
    closing: [closing(username)],
    footer: texts.aboutAccount(username),
  }
}
