import type { Part, Sentence } from './sentence.ts'

/** One line of a table. A value that is a string was chosen by a user, as in a sentence. */
export interface Fact {
  name: string
  value: string | Part
}

/** What a mail says, before it becomes text and HTML. */
export interface Letter {
  /** Also the heading. Contains no value of a user. */
  subject: string
  /** The words that mailboxes show after the subject. */
  preview: string
  /** One paragraph each. */
  body: readonly Sentence[]
  /** A link, as a button. `primary` is above the facts, `secondary` at the end. */
  action?: { label: string; url: string; look: 'primary' | 'secondary' }
  facts?: readonly Fact[]
  /** What to do now, below the facts. */
  closing: readonly Sentence[]
  /** Why the recipient got this mail. */
  footer: Sentence
}
