import type { Letter } from '../letter/letter.ts'
import { words } from '../letter/sentence.ts'
import type { Texts } from '../texts/texts.ts'
import { userActionNotice } from './notice.ts'
import type { LinkedNoticeData } from './notice.ts'

/** Informs the user that new recovery codes replaced the old ones. */
export function recoveryCodesReplaced(data: LinkedNoticeData, texts: Texts): Letter {
  return userActionNotice(data, texts, texts.recoveryCodesReplaced)
}

export interface RecoveryCodeUsedData extends LinkedNoticeData {
  /** How many codes still work. */
  left: number
}

/** Informs the user that a recovery code took the place of another second factor. */
export function recoveryCodeUsed(data: RecoveryCodeUsedData, texts: Texts): Letter {
  const facts = [{ name: texts.facts.codesLeft, value: words(String(data.left)) }]
  return userActionNotice(data, texts, texts.recoveryCodeUsed, { facts })
}
