import type { Letter } from '../letter/letter.ts'
import type { Texts } from '../texts/texts.ts'
import { userActionNotice } from './notice.ts'
import type { LinkedNoticeData } from './notice.ts'

export interface IdentityData extends LinkedNoticeData {
  /** What the product calls the provider. */
  provider: string
  /** What the provider calls the account. */
  name: string
}

/** Informs the user that an account at a provider logs in to the account. */
export function identityLinked(data: IdentityData, texts: Texts): Letter {
  return identityNotice(data, texts, texts.identityLinked)
}

/** Informs the user that an account at a provider does not log in any more. */
export function identityUnlinked(data: IdentityData, texts: Texts): Letter {
  return identityNotice(data, texts, texts.identityUnlinked)
}

function identityNotice(
  data: IdentityData,
  texts: Texts,
  notice: Texts['identityLinked'] | Texts['identityUnlinked'],
): Letter {
  const facts = [
    { name: texts.facts.provider, value: data.provider },
    { name: texts.facts.identity, value: data.name },
  ]
  return userActionNotice(data, texts, notice, { facts })
}
