import type { Letter } from '../letter/letter.ts'
import type { Texts } from '../texts/texts.ts'
import { userActionNotice } from './notice.ts'
import type { LinkedNoticeData } from './notice.ts'

/** Informs the user that a recovery link was used to choose a new password. */
export function passwordReset(data: LinkedNoticeData, texts: Texts): Letter {
  return userActionNotice(data, texts, texts.passwordReset, { label: texts.openProduct })
}
