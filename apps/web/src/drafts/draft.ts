/** A document with automatic saving, independent of its feature. */
export interface Draft {
  /** Unique in this browser tab. Begins with the prefix of its feature. */
  readonly key: string
  readonly ownerId: string
  /** Whether closing the tab now would lose text. */
  readonly isUnsaved: boolean
  /** Whether the text is unsaved and no save is in progress or due. */
  readonly isStuck: boolean
  /** Returns a function that unsubscribes. */
  subscribe: (listener: () => void) => () => void
  /** Saves the text; resolves when that succeeded or failed. @param now even if the server asked to wait */
  save: (options?: { now?: boolean }) => Promise<void>
  /** Continues after the owner has logged in again. */
  resume: () => void
  /** Stops: sends nothing more and notifies no listener. */
  drop: () => void
  /** Returns the state from which another document can continue, as JSON. */
  unsaved: () => unknown
}
