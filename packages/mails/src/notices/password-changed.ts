import type { Letter } from '../letter/letter.ts'
import type { Texts } from '../texts/texts.ts'
import { userActionNotice } from './notice.ts'
import type { LinkedNoticeData } from './notice.ts'

/** Informs the user that the password was changed with the current one. */
export function passwordChanged(data: LinkedNoticeData, texts: Texts): Letter {
  return userActionNotice(data, texts, texts.passwordChanged, { label: texts.openProduct })
}
