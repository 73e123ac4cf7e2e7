import type { Letter } from '../letter/letter.ts'
import { originFacts } from '../letter/origin-facts.ts'
import type { Texts } from '../texts/texts.ts'
import { userActionNotice } from './notice.ts'
import type { LinkedNoticeData, NoticeData } from './notice.ts'

export interface AddressData extends LinkedNoticeData {
  address: string
}

/** Informs the user, at the address itself, that it was confirmed. */
export function addressVerified(data: AddressData, texts: Texts): Letter {
  const facts = [{ name: texts.facts.address, value: data.address }]
  return userActionNotice(data, texts, texts.addressVerified, { facts })
}

export interface AddressChangedData extends LinkedNoticeData {
  newAddress: string
}

/** Informs the user, at the old address, that the account has another one. */
export function addressChanged(data: AddressChangedData, texts: Texts): Letter {
  const facts = [{ name: texts.facts.newAddress, value: data.newAddress }]
  return userActionNotice(data, texts, texts.addressChanged, { facts })
}

/** Informs the user, at the removed address, that the account no longer has it. */
export function addressRemoved(data: AddressData, texts: Texts): Letter {
  const facts = [{ name: texts.facts.address, value: data.address }]
  return userActionNotice(data, texts, texts.addressRemoved, { facts })
}

/** Informs the owner of a verified address that it was entered for another account. */
export function addressInUse({ username, origin }: NoticeData, texts: Texts): Letter {
  const { subject, preview, body, closing } = texts.addressInUse
  return {
    subject,
    preview,
    body: body(username),
    facts: originFacts(texts, origin),
    closing: [closing(username)],
    footer: texts.aboutAccount(username),
  }
}
