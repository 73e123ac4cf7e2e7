import type { Note } from '@app/contract'
import { displayTitle, isBlank, sameText, toSave } from './note-text.ts'
import type { NoteText } from './note-text.ts'

export type WriterState =
  /** A new note without text. */
  | { status: 'empty' }
  /** `discarded`: text that was typed here and replaced by the stored version; it can be restored. */
  | { status: 'saved'; source: 'stored' | 'here' | 'elsewhere'; discarded?: NoteText }
  /** A save is running or due. */
  | { status: 'saving' }
  /**
   * A save failed and is retried; `retryAt`: when, in milliseconds since 1970, if the server named a time.
   */
  | { status: 'waiting'; message: string; retryAt: number | null }
  /** The text cannot be saved as it is. */
  | { status: 'invalid'; message: string }
  /** The server rejected the text; the user can solve the cause and retry. */
  | { status: 'rejected'; message: string }
  | { status: 'signed-out' }
  | { status: 'conflict'; theirs: Note }
  | { status: 'removed'; discarded?: NoteText }

/** A note in the editor: its text, its stored version and its state. */
export interface Writing {
  text: NoteText
  /** The stored note on which the text is based; null while there is none. */
  base: Note | null
  state: WriterState
}

export const emptyText: NoteText = { title: '', body: '' }

export function startOf(base: Note | null): Writing {
  if (base === null) return { text: emptyText, base, state: { status: 'empty' } }
  return { text: textOf(base), base, state: { status: 'saved', source: 'stored' } }
}

export function removed(discarded?: NoteText): WriterState {
  return { status: 'removed', ...(discarded && { discarded }) }
}

export function textOf({ title, body }: Note): NoteText {
  return { title, body }
}

/** Returns whether a save would change the stored note. */
export function differs({ text, base }: Pick<Writing, 'text' | 'base'>): boolean {
  return base === null || !sameText(base, { title: displayTitle(text), body: text.body })
}

/**
 * Returns the state after typing or a save. States that a decision of the user or a log-in ends stay. A
 * failure keeps its message until a save succeeds, so that the message does not flicker with every retry.
 */
export function stateAfter({ text, base, state }: Writing): WriterState {
  switch (state.status) {
    case 'conflict':
    case 'removed':
    case 'signed-out':
      return state
    default:
  }
  if (base === null && isBlank(text)) return { status: 'empty' }
  if (!differs({ text, base })) return { status: 'saved', source: 'here' }
  const fit = toSave(text)
  if ('problem' in fit) return { status: 'invalid', message: fit.problem }
  return state.status === 'waiting' || state.status === 'rejected' ? state : { status: 'saving' }
}

/** Returns base and state of a text that is now based on another stored version, or on none. */
export function rebased(writing: Writing, base: Note | null): Pick<Writing, 'base' | 'state'> {
  return { base, state: stateAfter({ ...writing, base, state: { status: 'saving' } }) }
}
