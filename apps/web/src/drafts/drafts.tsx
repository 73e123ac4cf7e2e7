import type { Self } from '@app/contract'
import { type ReactNode, createContext, use, useEffect, useState, useSyncExternalStore } from 'react'

import type { NoteWriter } from '../notes/note-writer.ts'
import { useKeptTexts } from './kept-texts-context.tsx'
import type { KeptTexts } from './kept-texts.ts'

/** Begins the keys of notes among the kept texts. */
export const notePrefix = 'note:'

/**
 * The notes that are being written, each under its owner's id. They outlive the page on which they are typed:
 * a save that is under way goes on, and a session that ends in the middle of a note leads to the log-in and
 * back, and the text is still there. They live in the memory of this tab; what is not saved yet is kept for
 * the case that the page crashes or is reloaded.
 */
export class Drafts {
  /** How many editors show each. */
  readonly #shown = new Map<NoteWriter, number>()
  readonly #listeners = new Set<() => void>()
  readonly #kept: KeptTexts
  #stuck: readonly NoteWriter[] = []
  #isRestored = false

  constructor(kept: KeptTexts) {
    this.#kept = kept
  }

  /**
   * Restores what the owner typed before the page crashed or was reloaded; it saves itself. Only the first
   * call has an effect.
   * @param open makes a writer of what was kept, or null of what it does not know
   */
  restore(owner: Self, open: (content: unknown) => NoteWriter | null): void {
    if (this.#isRestored) return
    this.#isRestored = true
    for (const { key, content } of this.#kept.of(owner.id, notePrefix)) {
      const writer = open(content)
      if (writer === null) this.#kept.drop(key)
      else this.#changed(this.add(writer))
    }
  }

  find(owner: Self, isWanted: (writer: NoteWriter) => boolean): NoteWriter | undefined {
    return this.#all().find((writer) => writer.ownerId === owner.id && isWanted(writer))
  }

  add(writer: NoteWriter): NoteWriter {
    this.#shown.set(writer, 0)
    writer.subscribe(() => this.#changed(writer))
    return writer
  }

  /** The writer is on screen until the returned function is called; then what is not saved is saved. */
  show(writer: NoteWriter): () => void {
    this.#shown.set(writer, (this.#shown.get(writer) ?? 0) + 1)
    return () => {
      const shown = this.#shown.get(writer)
      // After a log-out there is nothing left to save.
      if (shown === undefined) return
      this.#shown.set(writer, shown - 1)
      void writer.save().then(() => this.#changed(writer))
    }
  }

  unsaved(): NoteWriter[] {
    return this.#all().filter((writer) => writer.isUnsaved)
  }

  /** What could not be saved at the first try; the same list as long as nothing changes in it. */
  readonly stuck = (): readonly NoteWriter[] => this.#stuck

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Resolves when every unsaved text is saved or could not be. @param now without patience after a failure
   */
  async saveAll({ now = false } = {}): Promise<void> {
    await Promise.all(this.unsaved().map((writer) => writer.save({ now })))
  }

  /** The owner is logged in, perhaps after the session had ended: what waited for that goes on. */
  resume(owner: Self): void {
    for (const writer of this.#all()) if (writer.ownerId === owner.id) writer.resume()
  }

  /** The text is not wanted any more. */
  discard(writer: NoteWriter): void {
    writer.drop()
    this.#shown.delete(writer)
    this.#kept.drop(notePrefix + writer.key)
    this.#tell()
  }

  /** For the log-out, and for the next person: nothing stays in memory, and nothing is sent any more. */
  clear(): void {
    for (const writer of this.#all()) writer.drop()
    this.#shown.clear()
    this.#tell()
  }

  #all(): NoteWriter[] {
    return [...this.#shown.keys()]
  }

  #changed(writer: NoteWriter): void {
    if (!this.#shown.has(writer)) return
    if (writer.isUnsaved) this.#kept.keep(notePrefix + writer.key, writer.ownerId, writer.unsaved())
    else this.#kept.drop(notePrefix + writer.key)
    if (!writer.isUnsaved && this.#shown.get(writer) === 0) this.#shown.delete(writer)
    this.#tell()
  }

  #tell(): void {
    const stuck = this.unsaved().filter((writer) => writer.read().state.is !== 'saving')
    if (stuck.length === this.#stuck.length && stuck.every((each, index) => each === this.#stuck[index]))
      return
    this.#stuck = stuck
    for (const listener of this.#listeners) listener()
  }
}

const DraftsContext = createContext<Drafts | null>(null)

export function DraftsProvider({ children }: { children: ReactNode }) {
  const { texts } = useKeptTexts()
  const [drafts] = useState(() => new Drafts(texts))
  useEffect(() => () => drafts.clear(), [drafts])
  return <DraftsContext value={drafts}>{children}</DraftsContext>
}

export function useDrafts(): Drafts {
  const drafts = use(DraftsContext)
  if (drafts === null) throw new TypeError('Drafts are used outside DraftsProvider')
  return drafts
}

/** What a person has written and could not save yet. */
export function useStuckDrafts(owner: Self): NoteWriter[] {
  const drafts = useDrafts()
  const stuck = useSyncExternalStore(drafts.subscribe, drafts.stuck)
  return stuck.filter((writer) => writer.ownerId === owner.id)
}
