import type { Letter } from '../letter/letter.ts'
import { originFacts, timeFact } from '../letter/origin-facts.ts'
import type { Texts } from '../texts/texts.ts'
import type { NoticeData } from './notice.ts'

export interface AccountClosedData extends NoticeData {
  by: 'user' | 'admin'
}

/** Informs the user that the account was closed. It is the last mail about the account. */
export function accountClosed({ username, by, origin }: AccountClosedData, texts: Texts): Letter {
  const { subject, preview, body, closingByUser } = texts.accountClosed
  return {
    subject,
    preview,
    body: [body[by](username)],
    facts: by === 'user' ? originFacts(texts, origin) : [timeFact(texts, origin)],
    closing: [by === 'user' ? closingByUser : texts.askAdmin],
    footer: texts.aboutAccount(username),
  }
}
