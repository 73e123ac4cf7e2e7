import type { Part, Sentence } from '../letter/sentence.ts'
import { oneLine, unlinked } from '../letter/value.ts'
import type { Texts } from '../texts/texts.ts'
import { escapeHtml } from './escape.ts'

export function sentenceHtml(sentence: Sentence, { quotes: [open, close] }: Texts): string {
  return sentence
    .map((part) => (part.kind === 'words' ? escapeHtml(part.text) : `${open}${partHtml(part.text)}${close}`))
    .join('')
}

/** Writes words of ours, or the value of a user: escaped, isolated, and broken where it is too long. */
export function partHtml(part: string | Part): string {
  if (typeof part !== 'string') return escapeHtml(part.text)
  return `<bdi style="word-break:break-word">${escapeHtml(unlinked(oneLine(part)))}</bdi>`
}
