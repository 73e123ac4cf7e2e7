import type { Self } from '@app/contract'
import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import type { Draft } from './draft.ts'
import { useKeptTexts } from './kept-texts-context.tsx'
import type { KeptTexts } from './kept-texts.ts'

/** The class of a feature's drafts. */
type DraftType<D extends Draft> = abstract new (...args: never[]) => D

/**
 * Keeps the documents that the user edits in this tab, in memory. They outlive their page: a running save
 * continues, and the text survives the end of the session until the next log-in. Unsaved text is also in
 * `KeptTexts`, so that a crash or a reload does not lose it.
 */
export class Drafts {
  /** The number of editors that show each draft. */
  readonly #shown = new Map<Draft, number>()
  readonly #listeners = new Set<() => void>()
  readonly #kept: KeptTexts
  readonly #restoredPrefixes = new Set<string>()
  #stuck: readonly Draft[] = []

  constructor(kept: KeptTexts) {
    this.#kept = kept
  }

  /**
   * Restores and saves what the owner typed before the page crashed or was reloaded. Only the first call for
   * a prefix has an effect.
   * @param open makes a draft of kept content, or returns null if that fails
   */
  restore(owner: Self, keyPrefix: string, open: (content: unknown) => Draft | null): void {
    if (this.#restoredPrefixes.has(keyPrefix)) return
    this.#restoredPrefixes.add(keyPrefix)
    for (const { key, content } of this.#kept.of(owner.id, keyPrefix)) {
      const draft = open(content)
      if (draft === null) this.#kept.drop(key)
      else this.#changed(this.add(draft))
    }
  }

  find<D extends Draft>(owner: Self, type: DraftType<D>, isWanted: (draft: D) => boolean): D | undefined {
    return this.#all().find(
      (draft): draft is D => draft instanceof type && draft.ownerId === owner.id && isWanted(draft),
    )
  }

  add<D extends Draft>(draft: D): D {
    this.#shown.set(draft, 0)
    draft.subscribe(() => this.#changed(draft))
    return draft
  }

  /** Counts the draft as on screen until the returned function is called, which saves what is unsaved. */
  show(draft: Draft): () => void {
    this.#shown.set(draft, (this.#shown.get(draft) ?? 0) + 1)
    return () => {
      const shown = this.#shown.get(draft)
      // A log-out has dropped the draft.
      if (shown === undefined) return
      this.#shown.set(draft, shown - 1)
      void draft.save().then(() => this.#changed(draft))
    }
  }

  unsaved(): Draft[] {
    return this.#all().filter((draft) => draft.isUnsaved)
  }

  /** Returns the drafts whose save failed. The list is the same object until it changes. */
  readonly stuck = (): readonly Draft[] => this.#stuck

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Saves all unsaved texts; resolves when each save succeeded or failed.
   * @param now even if the server asked to wait
   */
  async saveAll({ now = false } = {}): Promise<void> {
    await Promise.all(this.unsaved().map((draft) => draft.save({ now })))
  }

  /** Continues the saves that waited for a log-in of the owner. */
  resume(owner: Self): void {
    for (const draft of this.#all()) if (draft.ownerId === owner.id) draft.resume()
  }

  /** Drops one draft and its kept text. */
  discard(draft: Draft): void {
    draft.drop()
    this.#shown.delete(draft)
    this.#kept.drop(draft.key)
    this.#notify()
  }

  /** Drops all drafts, at a log-out or for another user. Sends nothing more. */
  clear(): void {
    for (const draft of this.#all()) draft.drop()
    this.#shown.clear()
    this.#notify()
  }

  #all(): Draft[] {
    return [...this.#shown.keys()]
  }

  #changed(draft: Draft): void {
    if (!this.#shown.has(draft)) return
    if (draft.isUnsaved) this.#kept.keep(draft.key, draft.ownerId, draft.unsaved())
    else this.#kept.drop(draft.key)
    if (!draft.isUnsaved && this.#shown.get(draft) === 0) this.#shown.delete(draft)
    this.#notify()
  }

  #notify(): void {
    const stuck = this.#all().filter(({ isStuck }) => isStuck)
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

/**
 * Returns the documents of one feature that the owner wrote and that could not be saved yet.
 * @public features use it
 */
export function useStuckDrafts<D extends Draft>(owner: Self, type: DraftType<D>): D[] {
  const drafts = useDrafts()
  const stuck = useSyncExternalStore(drafts.subscribe, drafts.stuck)
  return stuck.filter((draft): draft is D => draft instanceof type && draft.ownerId === owner.id)
}
