import type { Role } from '@app/contract/roles'
import type { Letter } from '../letter/letter.ts'
import { timeFact } from '../letter/origin-facts.ts'
import { words } from '../letter/sentence.ts'
import type { Texts } from '../texts/texts.ts'
import type { NoticeData } from './notice.ts'

export interface RoleChangedData extends NoticeData {
  from: Role
  to: Role
}

/** Informs the user that an admin changed the role of the account. */
export function roleChanged({ username, from, to, origin }: RoleChangedData, texts: Texts): Letter {
  const { subject, preview, body } = texts.roleChanged
  const { roleBefore, roleNow } = texts.facts
  return {
    subject,
    preview,
    body: [body(username)],
    facts: [
      { name: roleBefore, value: words(texts.role(from)) },
      { name: roleNow, value: words(texts.role(to)) },
      timeFact(texts, origin),
    ],
    closing: [texts.askAdmin],
    footer: texts.aboutAccount(username),
  }
}
