/** A document that saves itself, as all features see it. */
export interface Draft {
  /** Unique in this browser tab. Begins with the prefix of its feature. */
  readonly key: string
  readonly ownerId: string
  /** Closing the tab now would lose text. */
  readonly isUnsaved: boolean
  /** Unsaved, and neither being saved nor about to be. */
  readonly isStuck: boolean
  /** Returns how to unsubscribe. */
  subscribe: (listener: () => void) => () => void
  /** Resolves when the text is saved or could not be. @param now even if the server asked to wait */
  save: (options?: { now?: boolean }) => Promise<void>
  /** Continues after the owner has logged in again. */
  resume: () => void
  /** Stops: sends nothing more and notifies no listener. */
  drop: () => void
  /** Everything that another document needs to continue, as JSON. */
  unsaved: () => unknown
}
