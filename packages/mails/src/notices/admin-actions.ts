import type { Role } from '@app/contract/roles'
import type { Fact, Letter } from '../letter/letter.ts'
import { originFacts, timeFact } from '../letter/origin-facts.ts'
import { words } from '../letter/sentence.ts'
import type { Texts } from '../texts/texts.ts'
import type { LinkedNoticeData, NoticeData, NoticeTexts } from './notice.ts'

/** Informs the user that an admin disabled the account. */
export function accountDisabled(data: NoticeData, texts: Texts): Letter {
  return adminActionNotice(data, texts, texts.accountDisabled)
}

export interface RoleChangedData extends NoticeData {
  from: Role
  to: Role
}

/** Informs the user that an admin changed the role of the account. */
export function roleChanged(data: RoleChangedData, texts: Texts): Letter {
  const { roleBefore, roleNow } = texts.facts
  return adminActionNotice(data, texts, texts.roleChanged, [
    { name: roleBefore, value: words(texts.role(data.from)) },
    { name: roleNow, value: words(texts.role(data.to)) },
  ])
}

/** Informs the user that an admin ended all sessions. */
export function sessionsEnded(data: LinkedNoticeData, texts: Texts): Letter {
  return {
    ...adminActionNotice(data, texts, texts.sessionsEnded),
    action: { label: texts.openProduct, url: data.accountUrl, look: 'secondary' },
  }
}

export interface AccountClosedData extends NoticeData {
  by: 'user' | 'admin'
}

/** Informs the user that the account was closed. It is the last mail about the account. */
export function accountClosed({ username, by, origin }: AccountClosedData, texts: Texts): Letter {
  const { subject, preview, body, closingByUser } = texts.accountClosed
  return {
    subject,
    preview,
    body: [body[by](username)],
    facts: by === 'user' ? originFacts(texts, origin) : [timeFact(texts, origin)],
    closing: [by === 'user' ? closingByUser : texts.askAdmin],
    footer: texts.aboutAccount(username),
  }
}

/** Writes a notice about an action of an admin: when it was, and whom to ask. */
function adminActionNotice(
  { username, origin }: NoticeData,
  texts: Texts,
  { subject, preview, body }: Omit<NoticeTexts, 'closing'>,
  facts: readonly Fact[] = [],
): Letter {
  return {
    subject,
    preview,
    body: [body(username)],
    facts: [...facts, timeFact(texts, origin)],
    closing: [texts.askAdmin],
    footer: texts.aboutAccount(username),
  }
}
