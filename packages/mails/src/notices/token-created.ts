import type { Letter } from '../letter/letter.ts'
import type { Texts } from '../texts/texts.ts'
import { userActionNotice } from './notice.ts'
import type { LinkedNoticeData } from './notice.ts'

export interface TokenData extends LinkedNoticeData {
  /** What the user calls the token. */
  name: string
}

/** Informs the user that a program may act as them with a new access token. */
export function tokenCreated(data: TokenData, texts: Texts): Letter {
  const facts = [{ name: texts.facts.token, value: data.name }]
  return userActionNotice(data, texts, texts.tokenCreated, { facts })
}
