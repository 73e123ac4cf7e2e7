import type { Letter } from '../letter/letter.ts'
import { timeFact } from '../letter/origin-facts.ts'
import { words } from '../letter/sentence.ts'
import type { Texts } from '../texts/texts.ts'
import { userActionNotice } from './notice.ts'
import type { LinkedNoticeData } from './notice.ts'

export interface FactorResetRequestedData extends LinkedNoticeData {
  by: 'admin' | 'operator'
  /** Milliseconds since 1970 UTC. From then on a log-in with the link removes the factors. */
  effectiveAt: number
}

/** Informs the user that the second factors will be removed, and how to prevent it. */
export function factorResetRequested(
  { username, by, effectiveAt, origin, accountUrl }: FactorResetRequestedData,
  texts: Texts,
): Letter {
  const { subject, preview, body, effect, closing } = texts.factorResetRequested
  return {
    subject,
    preview,
    body: [body[by](username), effect],
    facts: [
      timeFact(texts, origin),
      { name: texts.facts.effectiveAt, value: words(texts.time(effectiveAt)) },
    ],
    closing: [...closing],
    action: { label: texts.openAccount, url: accountUrl, look: 'secondary' },
    footer: texts.aboutAccount(username),
  }
}

/** Informs the user that the second factors stay. */
export function factorResetCancelled(data: LinkedNoticeData, texts: Texts): Letter {
  return userActionNotice(data, texts, texts.factorResetCancelled)
}

/** Informs the user that a log-in removed all second factors. */
export function factorsReset(data: LinkedNoticeData, texts: Texts): Letter {
  return userActionNotice(data, texts, texts.factorsReset)
}
