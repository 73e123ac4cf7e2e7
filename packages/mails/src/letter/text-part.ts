import type { Texts } from '../texts/texts.ts'
import type { Letter } from './letter.ts'
import type { Part, Sentence } from './sentence.ts'
import { checkedLink, isolated, oneLine, unlinked } from './value.ts'
import { wrap } from './wrap.ts'

/** Writes a letter as plain text, in lines of at most 78 characters. Only the link may be longer. */
export function textPart(letter: Letter, texts: Texts): string {
  const { subject, body, action, facts = [], closing, footer } = letter
  const link = action && [`${action.label}:\n${checkedLink(action.url)}`]
  const paragraphs = [
    wrap(subject),
    ...body.map((each) => wrap(plain(each, texts))),
    ...(action?.look === 'primary' ? (link ?? []) : []),
    facts.map(({ name, value }) => wrap(`${name}: ${partText(value, texts)}`, '  ')).join('\n'),
    ...closing.map((each) => wrap(plain(each, texts))),
    ...(action?.look === 'secondary' ? (link ?? []) : []),
    wrap(plain(footer, texts)),
  ]
  return `${paragraphs.filter((each) => each !== '').join('\n\n')}\n`
}

function plain(sentence: Sentence, texts: Texts): string {
  const [open, close] = texts.quotes
  return sentence
    .map((part) => (part.kind === 'words' ? part.text : `${open}${partText(part.text, texts)}${close}`))
    .join('')
}

function partText(part: string | Part, { direction }: Texts): string {
  if (typeof part !== 'string') return part.text
  return isolated(unlinked(oneLine(part)), direction)
}
