import type { Letter } from '../letter/letter.ts'
import type { Texts } from '../texts/texts.ts'
import { userActionNotice } from './notice.ts'
import type { LinkedNoticeData } from './notice.ts'

export interface FactorData extends LinkedNoticeData {
  factor: 'totp' | 'passkey'
  /** What the user calls the passkey; null for an authenticator app. */
  name: string | null
}

/** Informs the user that the account has another second factor. */
export function factorAdded(data: FactorData, texts: Texts): Letter {
  return factorNotice(data, texts, texts.factorAdded)
}

/** Informs the user that the account has lost a second factor. */
export function factorRemoved(data: FactorData, texts: Texts): Letter {
  return factorNotice(data, texts, texts.factorRemoved)
}

function factorNotice(
  data: FactorData,
  texts: Texts,
  { body, ...rest }: Texts['factorAdded'] | Texts['factorRemoved'],
): Letter {
  const facts = data.name === null ? [] : [{ name: texts.facts.passkey, value: data.name }]
  return userActionNotice(data, texts, { ...rest, body: body[data.factor] }, { facts })
}
