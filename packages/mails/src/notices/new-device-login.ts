import type { Letter } from '../letter/letter.ts'
import type { Texts } from '../texts/texts.ts'
import { userActionNotice } from './notice.ts'
import type { LinkedNoticeData } from './notice.ts'

/** Informs the user of a log-in from a browser that is not a known device. */
export function newDeviceLogin(data: LinkedNoticeData, texts: Texts): Letter {
  return userActionNotice(data, texts, texts.newDeviceLogin)
}
