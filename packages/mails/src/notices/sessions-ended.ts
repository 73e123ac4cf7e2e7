import type { Letter } from '../letter/letter.ts'
import { timeFact } from '../letter/origin-facts.ts'
import type { Texts } from '../texts/texts.ts'
import type { LinkedNoticeData } from './notice.ts'

/** Informs the user that an admin ended all sessions. */
export function sessionsEnded({ username, origin, accountUrl }: LinkedNoticeData, texts: Texts): Letter {
  const { subject, preview, body } = texts.sessionsEnded
  return {
    subject,
    preview,
    body: [body(username)],
    facts: [timeFact(texts, origin)],
    closing: [texts.askAdmin],
    action: { label: texts.openProduct, url: accountUrl, look: 'secondary' },
    footer: texts.aboutAccount(username),
  }
}
