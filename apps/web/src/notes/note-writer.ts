import type { Note } from '@app/contract'
import type { Draft } from '../drafts/draft.ts'
import { mergeTexts } from './merge-texts.ts'
import { createNoteKey } from './note-key.ts'
import { toSave } from './note-text.ts'
import type { NoteText } from './note-text.ts'
import type { SaveOutcome, Unanswered } from './save-note.ts'
import type { KeptNote, WriterPort } from './writer-port.ts'
import { differs, emptyText, rebased, removed, startOf, stateAfter, textOf } from './writing.ts'
import type { Writing } from './writing.ts'

/** After the last key. At 50 saves a minute two tabs stay within the 120 changes a minute of a session. */
const pauseMs = 1_200
/** The longest time between saves while the user types without a pause. */
const longestUnsavedMs = 10_000
const firstRetryMs = 2_000
const longestRetryMs = 60_000

/** Saves a note while the user types: one save at a time, and no response replaces newer text. */
export class NoteWriter implements Draft {
  /** Does not change when a new note gets its id. */
  readonly key: string
  readonly ownerId: string
  /** The last part of the note's address. */
  address: string
  readonly #port: WriterPort
  readonly #listeners = new Set<() => void>()
  #writing: Writing
  /** The stored version that the text includes, the ancestor of a merge. `base` may be newer. */
  #ancestor: Note | null
  #timer: ReturnType<typeof setTimeout> | undefined
  #underWay: Promise<void> | null = null
  /** Saves the newest text as soon as the running save ends. */
  #saveAgain = false
  #unsavedSince: number | null = null
  #notBefore = 0
  #failures = 0
  #unanswered: readonly Unanswered[]
  /** Sent, without a response yet. */
  #sent: Unanswered | null = null
  #dropped = false

  /** @param kept unsaved text of a former document; it is saved immediately */
  constructor(port: WriterPort, base: Note | null, kept?: KeptNote) {
    this.#port = port
    this.key = kept?.key ?? createNoteKey()
    this.#unanswered = kept?.unanswered ?? []
    this.ownerId = port.ownerId
    this.address = base?.id ?? 'new'
    this.#writing = startOf(base)
    this.#ancestor = base
    if (kept) this.write(kept.text)
  }

  readonly read = (): Writing => this.#writing

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get isUnsaved(): boolean {
    const { status } = this.#writing.state
    if (status === 'saved' || status === 'empty') return this.#underWay !== null
    return status !== 'removed' || differs(this.#writing)
  }

  get isStuck(): boolean {
    return this.isUnsaved && this.#writing.state.status !== 'saving'
  }

  unsaved(): KeptNote {
    const { key } = this
    const { base, text } = this.#writing
    return { key, base, text, unanswered: [...this.#unanswered, ...(this.#sent ? [this.#sent] : [])] }
  }

  /** Whether a new note was sent without a response: it may be stored. */
  get mayBeStored(): boolean {
    return this.#writing.base === null && this.#unanswered.length > 0
  }

  write(text: NoteText): void {
    this.#show({ text, state: stateAfter({ ...this.#writing, text }) })
    this.#schedule()
  }

  /** Saves unsaved text, with `now` even if the server asked to wait; resolves when it is saved or failed. */
  async save({ now = false } = {}): Promise<void> {
    if (now) this.#notBefore = 0
    if (this.#underWay) {
      this.#saveAgain = true
      return this.#underWay
    }
    if (!this.#canSend() || Date.now() < this.#notBefore) return undefined
    clearTimeout(this.#timer)
    this.#underWay = this.#saveAll().finally(() => {
      this.#underWay = null
      if (this.#writing.state.status !== 'rejected') this.#schedule()
      this.#show({})
    })
    return this.#underWay
  }

  /** Saves again at the user's request. */
  retry(): Promise<void> {
    const { status } = this.#writing.state
    if (status === 'waiting' || status === 'rejected') this.#show({ state: { status: 'saving' } })
    return this.save({ now: true })
  }

  /** Continues after the owner logged in again. */
  resume(): void {
    if (this.#writing.state.status === 'signed-out') this.#continueFrom(this.#writing.base)
  }

  /** Applies a newer stored version, unless a save is running. */
  refresh(note: Note): void {
    const { base, state } = this.#writing
    if (this.#underWay || note.id !== base?.id) return
    if (state.status === 'saved' && note.revision > base.revision) this.#adopt(note, state.discarded)
    if (state.status === 'conflict' && note.revision > state.theirs.revision)
      this.#show({ state: { status: 'conflict', theirs: note } })
  }

  /** Shows that the note was deleted elsewhere, unless a save is running. */
  markRemoved(): void {
    const { state } = this.#writing
    if (state.status === 'saved' && !this.#underWay) this.#show({ state: removed(state.discarded) })
  }

  /** Resolves a conflict: the text in the fields replaces the stored version. */
  keepMine(): void {
    const { state } = this.#writing
    if (state.status !== 'conflict') return
    this.#unanswered = []
    this.#continueFrom(state.theirs)
  }

  takeTheirs(): void {
    const { state, text: discarded } = this.#writing
    if (state.status !== 'conflict') return
    this.#adopt(state.theirs, discarded)
  }

  /** Resolves a conflict: merges the stored version into the text and saves the result. */
  mergeTheirs(): void {
    const { state, text } = this.#writing
    if (state.status !== 'conflict') return
    this.#show({ text: mergeTexts(this.#ancestor ?? emptyText, text, state.theirs) })
    this.#ancestor = state.theirs
    this.keepMine()
  }

  /** Saves the text of a note that was deleted elsewhere as a new note. */
  saveAsNew(): void {
    if (this.#writing.state.status !== 'removed') return
    this.#unanswered = []
    this.#continueFrom(null)
  }

  /** Stops: sends nothing more and notifies no listener. */
  drop(): void {
    this.#dropped = true
    clearTimeout(this.#timer)
    this.#listeners.clear()
  }

  /** Replaces the text by the stored version. */
  #adopt(note: Note, discarded?: NoteText): void {
    this.#ancestor = note
    const state = { status: 'saved', source: 'elsewhere', ...(discarded && { discarded }) } as const
    this.#show({ text: textOf(note), base: note, state })
  }

  #continueFrom(base: Note | null): void {
    this.#show(rebased(this.#writing, base))
    void this.save({ now: true })
  }

  async #saveAll(): Promise<void> {
    do {
      this.#saveAgain = false
      const { text, base } = this.#writing
      const fit = toSave(text)
      if ('problem' in fit) return
      this.#unsavedSince = null
      const sent = { text: fit.input, at: Date.now() }
      this.#sent = sent
      this.#show({})
      const result = await this.#port.send(base, fit.input, this.#unanswered)
      this.#sent = null
      if (this.#dropped) return
      if (result.outcome !== 'saved') return this.#failed(result, sent)
      const { note } = result
      this.#failures = 0
      this.#unanswered = []
      this.address = note.id
      this.#ancestor = note
      this.#show(rebased(this.#writing, note))
      this.#port.onSaved(note, base)
    } while (this.#saveAgain && this.#canSend())
  }

  #failed(result: Exclude<SaveOutcome, { outcome: 'saved' }>, sent: Unanswered): void {
    switch (result.outcome) {
      case 'conflict':
        return this.#show({ state: { status: 'conflict', theirs: result.note } })
      case 'removed':
        return this.#show({ state: removed() })
      case 'rejected':
        return this.#show({ state: { status: 'rejected', message: result.message } })
      case 'signed-out':
        return this.#show({ state: { status: 'signed-out' } })
      case 'retry':
        if (!result.isAnswered) this.#unanswered = [...this.#unanswered.slice(-20), sent]
        this.#notBefore =
          Date.now() + (result.retryAfterMs ?? Math.min(firstRetryMs * 2 ** this.#failures, longestRetryMs))
        this.#failures += 1
        return this.#show({
          state: {
            status: 'waiting',
            message: result.message,
            retryAt: result.retryAfterMs === null ? null : this.#notBefore,
          },
        })
    }
  }

  #schedule(): void {
    clearTimeout(this.#timer)
    if (!this.#canSend() || this.#underWay) return
    const now = Date.now()
    this.#unsavedSince ??= now
    const due = Math.min(now + pauseMs, this.#unsavedSince + longestUnsavedMs)
    this.#timer = setTimeout(() => void this.save({ now: true }), Math.max(due, this.#notBefore) - now)
  }

  #canSend(): boolean {
    const { status } = this.#writing.state
    return !this.#dropped && (status === 'saving' || status === 'waiting' || status === 'rejected')
  }

  #show(changed: Partial<Writing>): void {
    this.#writing = { ...this.#writing, ...changed }
    for (const listener of this.#listeners) listener()
  }
}
