import type { Letter } from '../letter/letter.ts'
import type { Texts } from '../texts/texts.ts'
import { userActionNotice } from './notice.ts'
import type { LinkedNoticeData } from './notice.ts'

export interface AddressVerifiedData extends LinkedNoticeData {
  address: string
}

/** Informs the user, at the address itself, that it was confirmed. */
export function addressVerified(data: AddressVerifiedData, texts: Texts): Letter {
  const facts = [{ name: texts.facts.address, value: data.address }]
  return userActionNotice(data, texts, texts.addressVerified, { facts })
}
