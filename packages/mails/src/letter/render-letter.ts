import { htmlPart } from '../look/html-part.ts'
import type { Mail } from '../mail.ts'
import type { Texts } from '../texts/texts.ts'
import type { Letter } from './letter.ts'
import { textPart } from './text-part.ts'
import { oneLine } from './value.ts'

export function renderLetter(letter: Letter, texts: Texts): Mail {
  return { subject: oneLine(letter.subject), text: textPart(letter, texts), html: htmlPart(letter, texts) }
}
