import type { Letter } from './letter/letter.ts'
import type { Texts } from './texts/texts.ts'

/** Sent by an operator who tests the mail settings. */
export function deliveryTest(_data: object, { deliveryTest: own }: Texts): Letter {
  return { ...own, body: [own.body], closing: [] }
}
