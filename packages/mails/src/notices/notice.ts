import type { Fact, Letter } from '../letter/letter.ts'
import { originFacts } from '../letter/origin-facts.ts'
import type { Sentence } from '../letter/sentence.ts'
import type { MailOrigin } from '../mail.ts'
import type { Texts } from '../texts/texts.ts'

/** What every notice about an account says. */
export interface NoticeData {
  username: string
  origin: MailOrigin
}

/** A notice whose next step is in the app. */
export interface LinkedNoticeData extends NoticeData {
  /** The page of the account in the app. It asks for a log-in first. */
  accountUrl: string
}

export interface NoticeTexts extends Pick<Letter, 'subject' | 'preview'> {
  body: (username: string) => Sentence
  /** What to do if it was not the user. */
  closing: Sentence
}

interface NoticeParts {
  /** The words of the button. Default: those that open the account. */
  label?: string
  /** Facts before those of the request. */
  facts?: readonly Fact[]
}

/** Writes a notice about an action of the user, or of an attacker: from where, and what to do. */
export function userActionNotice(
  { username, origin, accountUrl }: LinkedNoticeData,
  texts: Texts,
  { subject, preview, body, closing }: NoticeTexts,
  { label = texts.openAccount, facts = [] }: NoticeParts = {},
): Letter {
  return {
    subject,
    preview,
    body: [body(username)],
    facts: [...facts, ...originFacts(texts, origin)],
    closing: [texts.nothingToDo, closing],
    action: { label, url: accountUrl, look: 'secondary' },
    footer: texts.aboutAccount(username),
  }
}
