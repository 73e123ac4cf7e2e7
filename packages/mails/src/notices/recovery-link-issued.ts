import type { Letter } from '../letter/letter.ts'
import { timeFact } from '../letter/origin-facts.ts'
import type { Texts } from '../texts/texts.ts'
import type { NoticeData } from './notice.ts'

export interface RecoveryLinkIssuedData extends NoticeData {
  by: 'admin' | 'operator'
}

/** Informs the user that an admin or operator holds a link with which the password can be replaced. */
export function recoveryLinkIssued({ username, by, origin }: RecoveryLinkIssuedData, texts: Texts): Letter {
  const { subject, preview, body, closing } = texts.recoveryLinkIssued
  return {
    subject,
    preview,
    body: [body[by](username)],
    facts: [timeFact(texts, origin)],
    closing: [closing],
    footer: texts.aboutAccount(username),
  }
}
