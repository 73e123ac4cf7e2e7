import * as z from 'zod/mini'
import { textLimits } from './limits.ts'
import { checkWith, text } from './text.ts'

/**
 * The name that other users see: trimmed, one line, without characters that hide, reorder or overlap text.
 */
export const DisplayName = z
  .pipe(
    text('Name', textLimits.name).check(checkWith(problemOf)),
    z.transform((name) => name.trim()),
  )
  .check(z.refine((name) => name.length > 0, 'Enter a name.'))

function problemOf(name: string): string | undefined {
  if (/[\p{Cc}\u2028\u2029]/u.test(name)) return 'Name must be a single line.'
  if (hidden.test(withoutJoiners(name)))
    return 'Name contains characters that cannot be seen. Type it instead of pasting it.'
  if (name.trim() !== '' && !visible.test(name.replace(blank, '')))
    return 'Name must contain characters that can be seen.'
  if (piledUp.test(name.normalize('NFD')))
    return 'Name has too many accents or marks on one character, or none to put them on.'
  return undefined
}

/**
 * Characters without a shape of their own: zero-width ones, controls of the direction of text (Unicode TR 36
 * section 2.8), fillers, tags, private and unassigned code points.
 */
const hidden = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cf}\p{Co}\p{Cn}]/u

const visible = /[\p{L}\p{N}\p{P}\p{S}]/u

/** Empty shapes: BRAILLE PATTERN BLANK, OBJECT REPLACEMENT CHARACTER, MUSICAL SYMBOL NULL NOTEHEAD. */
const blank = /[\u2800\uFFFC\u{1D159}]/gu

/**
 * Marks without a character before them, more than four in a row, or the same one twice (Unicode TS 39
 * section 5.4): no language writes them, and they cover the lines above and below.
 */
const piledUp = /(?:^|\s)\p{M}|[\p{Mn}\p{Me}]{5}|([\p{Mn}\p{Me}])\1/u

/** Scripts that join and separate letters by U+200D and U+200C (Unicode SA 31 section 2.3). */
const joiningScript =
  '[\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}]'

/** Created for the first name that is checked: browsers load this file before they can show a page. */
let joiners: readonly RegExp[] | undefined

const createJoiners = () => [
  new RegExp(`(${joiningScript})[\u200C\u200D](?=${joiningScript})`, 'gu'),
  // Emoji: a family, a flag, a heart in colour.
  /([\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})/gu,
  /(\p{Emoji})[\uFE0E\uFE0F]/gu,
  // The variant of a character in a Japanese or Mongolian name.
  /(\p{sc=Han})[\u{E0100}-\u{E01EF}\uFE00-\uFE02]/gu,
  /(\p{sc=Mong})[\u180B-\u180D\u180F]/gu,
]

/** Removes the invisible characters that some names need. */
function withoutJoiners(name: string): string {
  joiners ??= createJoiners()
  return joiners.reduce((rest, joiner) => rest.replace(joiner, '$1'), name)
}
