import type { Letter } from '../letter/letter.ts'
import type { Texts } from '../texts/texts.ts'
import { userActionNotice } from './notice.ts'
import type { LinkedNoticeData } from './notice.ts'

export interface AddressRemovedData extends LinkedNoticeData {
  address: string
}

/** Informs the user, at the removed address, that the account no longer has it. */
export function addressRemoved(data: AddressRemovedData, texts: Texts): Letter {
  const facts = [{ name: texts.facts.address, value: data.address }]
  return userActionNotice(data, texts, texts.addressRemoved, { facts })
}
