import type { Letter } from '../letter/letter.ts'
import { timeFact } from '../letter/origin-facts.ts'
import type { Texts } from '../texts/texts.ts'
import type { NoticeData } from './notice.ts'

/** Informs the user that an admin disabled the account. */
export function accountDisabled({ username, origin }: NoticeData, texts: Texts): Letter {
  const { subject, preview, body } = texts.accountDisabled
  return {
    subject,
    preview,
    body: [body(username)],
    facts: [timeFact(texts, origin)],
    closing: [texts.askAdmin],
    footer: texts.aboutAccount(username),
  }
}
