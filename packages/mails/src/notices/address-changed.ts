import type { Letter } from '../letter/letter.ts'
import type { Texts } from '../texts/texts.ts'
import { userActionNotice } from './notice.ts'
import type { LinkedNoticeData } from './notice.ts'

export interface AddressChangedData extends LinkedNoticeData {
  newAddress: string
}

/** Informs the user, at the old address, that the account has another one. */
export function addressChanged(data: AddressChangedData, texts: Texts): Letter {
  const facts = [{ name: texts.facts.newAddress, value: data.newAddress }]
  return userActionNotice(data, texts, texts.addressChanged, { facts })
}
