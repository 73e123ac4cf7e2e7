/**
 * What the browser's history keeps about a step from the list to a note, so that the way back ends where it
 * began.
 */
interface Place {
  /** At the list: the note that was opened from it. */
  opened?: string
  /** At the note: the step before was the list. */
  fromList?: true
  /**
   * At a note that is not stored yet: the key of its writer. There can be several, all at the same address.
   */
  draft?: string
}

export function fromList(draft?: string): Place {
  return { fromList: true, ...(draft !== undefined && { draft }) }
}

function place(): Place {
  // Sound enough: only this app writes it, and every part is looked at before it is used.
  return (window.history.state as Place | null) ?? {}
}

export function rememberOpened(address: string): void {
  window.history.replaceState({ ...place(), opened: address }, '')
}

/** Returns the note from which the user returned to the list, if they did. */
export function openedFromList(): string | undefined {
  return place().opened
}

export function cameFromList(): boolean {
  return place().fromList === true
}

export function rememberDraft(key: string): void {
  window.history.replaceState({ ...place(), draft: key }, '')
}

/** @param state of an entry of the history */
export function draftOf(state: unknown): string | undefined {
  return (state as Place | null)?.draft
}
