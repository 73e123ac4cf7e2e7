import type { Letter } from '../letter/letter.ts'
import type { Texts } from '../texts/texts.ts'
import type { LinkedNoticeData } from './notice.ts'
import { userActionNotice } from './notice.ts'

/** Informs the user of a log-in from a browser that is not a known device. */
export function newDeviceLogin(data: LinkedNoticeData, texts: Texts): Letter {
  return userActionNotice(data, texts, texts.newDeviceLogin)
}

export interface UnfinishedLoginData extends LinkedNoticeData {
  /** What the first step proved. */
  by: 'password' | 'identity'
}

/** Informs the user of a right first step in a new browser that has not given the second factor. */
export function unfinishedLogin(data: UnfinishedLoginData, texts: Texts): Letter {
  const { body, closing, ...shared } = texts.unfinishedLogin
  return userActionNotice(data, texts, { ...shared, body: body[data.by], closing: closing[data.by] })
}
