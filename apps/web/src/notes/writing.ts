import type { Note } from '@app/contract'

import { type NoteText, calledBy, isBlank, sameText, toSave } from './note-text.ts'

export type WriterState =
  /** A new note in which nothing is written. */
  | { is: 'empty' }
  /** `given`: what was typed here and given up for what is stored; it can be brought back. */
  | { is: 'saved'; how: 'before' | 'here' | 'elsewhere'; given?: NoteText }
  /** Typed, and on its way or about to be. */
  | { is: 'saving' }
  /** A save failed and is tried again by itself; `retryAt`: when, in milliseconds since 1970, if the server has named the time. */
  | { is: 'waiting'; why: string; retryAt: number | null }
  /** What stands in the fields cannot be saved; it is tried again when it was changed. */
  | { is: 'unfit'; why: string }
  /** The server would not have it; the person can do something about it and try again. */
  | { is: 'refused'; why: string }
  | { is: 'signed-out' }
  | { is: 'changed'; theirs: Note }
  | { is: 'removed'; given?: NoteText }

/** One moment of a note that is being written. */
export interface Writing {
  text: NoteText
  /** The stored note that the text was made from; null while there is none. */
  base: Note | null
  state: WriterState
}

export const emptyText: NoteText = { title: '', body: '' }

export function startOf(base: Note | null): Writing {
  if (base === null) return { text: emptyText, base, state: { is: 'empty' } }
  return { text: textOf(base), base, state: { is: 'saved', how: 'before' } }
}

export function removed(given?: NoteText): WriterState {
  return { is: 'removed', ...(given && { given }) }
}

export function textOf({ title, body }: Note): NoteText {
  return { title, body }
}

/** Whether saving would change what is stored. */
export function differs({ text, base }: Pick<Writing, 'text' | 'base'>): boolean {
  return base === null || !sameText(base, { title: calledBy(text), body: text.body })
}

/**
 * What becomes of a text that was just typed or saved. States that a decision of the person ends, or a log-in, stay: typing goes
 * on in them. A failure keeps its words until a save has succeeded, so that they do not come and go with every try.
 */
export function stateAfter({ text, base, state }: Writing): WriterState {
  switch (state.is) {
    case 'changed':
    case 'removed':
    case 'signed-out':
      return state
    default:
  }
  if (base === null && isBlank(text)) return { is: 'empty' }
  if (!differs({ text, base })) return { is: 'saved', how: 'here' }
  const fit = toSave(text)
  if ('problem' in fit) return { is: 'unfit', why: fit.problem }
  return state.is === 'waiting' || state.is === 'refused' ? state : { is: 'saving' }
}
