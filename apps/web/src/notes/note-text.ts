import { CreateNoteInput, codePoints, noteLimits } from '@app/contract'
import { language } from '../components/language.ts'

/** The text in the fields of the editor. */
export interface NoteText {
  title: string
  body: string
}

export function sameText(one: NoteText, other: NoteText): boolean {
  return one.title === other.title && one.body === other.body
}

export function isBlank({ title, body }: NoteText): boolean {
  return title.trim() === '' && body.trim() === ''
}

/** Returns the title, or the first line that is not blank; empty for an empty note. */
export function displayTitle({ title, body }: NoteText): string {
  const given = title.trim()
  if (given !== '') return given
  const firstLine = /\S[^\r\n]*/.exec(body)?.[0] ?? ''
  // By code points, as the contract counts: half an emoji would be invalid.
  return Array.from(firstLine.slice(0, noteLimits.title.max * 2))
    .slice(0, noteLimits.title.max)
    .join('')
    .trim()
}

/** Returns the input of a save, or why the text cannot be saved. */
export function toSave(text: NoteText): { input: NoteText } | { problem: string } {
  if (isBlank(text)) return { problem: 'Not saved: a note needs a title or some text.' }
  const parsed = CreateNoteInput.safeParse({ title: displayTitle(text), body: text.body })
  if (parsed.success) return { input: parsed.data }
  const tooMuch = overLimit('title', text.title.trim()) ?? overLimit('text', text.body)
  return { problem: `Not saved: ${tooMuch ?? parsed.error.issues[0]?.message ?? 'it cannot be stored.'}` }
}

/** Returns how many characters are used, once 90% of a limit are. */
export function charactersUsed(text: NoteText): string | null {
  return nearLimit('Title', text.title.trim()) ?? nearLimit('Text', text.body)
}

/** Returns whether this field prevents a save. */
export function isTooLong(name: 'title' | 'text', { title, body }: NoteText): boolean {
  return overLimit(name, name === 'title' ? title.trim() : body) !== null
}

const limits = { title: noteLimits.title.max, text: noteLimits.body.max } as const

function overLimit(name: 'title' | 'text', value: string): string | null {
  const over = codePoints(value) - limits[name]
  if (over <= 0) return null
  return `the ${name} is ${over.toLocaleString(language)} ${over === 1 ? 'character' : 'characters'} too long.`
}

function nearLimit(name: 'Title' | 'Text', value: string): string | null {
  const limit = name === 'Title' ? limits.title : limits.text
  if (value.length < limit * 0.9) return null
  const used = codePoints(value)
  if (used < limit * 0.9) return null
  return `${name}: ${used.toLocaleString(language)} of ${limit.toLocaleString(language)} characters`
}
