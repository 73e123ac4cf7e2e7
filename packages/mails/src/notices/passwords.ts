import type { Letter } from '../letter/letter.ts'
import { timeFact } from '../letter/origin-facts.ts'
import type { Texts } from '../texts/texts.ts'
import { userActionNotice } from './notice.ts'
import type { LinkedNoticeData, NoticeData } from './notice.ts'

/** Informs the user that the password was changed with the current one. */
export function passwordChanged(data: LinkedNoticeData, texts: Texts): Letter {
  return userActionNotice(data, texts, texts.passwordChanged, { label: texts.openProduct })
}

/** Informs the user that a recovery link was used to choose a new password. */
export function passwordReset(data: LinkedNoticeData, texts: Texts): Letter {
  return userActionNotice(data, texts, texts.passwordReset, { label: texts.openProduct })
}

export interface RecoveryLinkIssuedData extends NoticeData {
  by: 'admin' | 'operator'
}

/** Informs the user that an admin or operator holds a link with which the password can be replaced. */
export function recoveryLinkIssued({ username, by, origin }: RecoveryLinkIssuedData, texts: Texts): Letter {
  const { subject, preview, body, closing } = texts.recoveryLinkIssued
  return {
    subject,
    preview,
    body: [body[by](username)],
    facts: [timeFact(texts, origin)],
    closing: [closing],
    footer: texts.aboutAccount(username),
  }
}
