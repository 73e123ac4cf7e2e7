/**
 * The state of a history entry between the list and a note, so that Back returns to the same position of the
 * list.
 */
interface HistoryState {
  /** Of the list: the note that was opened from it. */
  opened?: string
  /** Of a note: the previous entry is the list. */
  fromList?: true
  /**
   * Of a note that is not stored yet: the key of its writer. Several such notes have the same URL.
   */
  draft?: string
}

export function fromList(draft?: string): HistoryState {
  return { fromList: true, ...(draft !== undefined && { draft }) }
}

function historyState(): HistoryState {
  // Sound: only this app writes the state, and every property is checked before use.
  return (window.history.state as HistoryState | null) ?? {}
}

export function rememberOpened(address: string): void {
  window.history.replaceState({ ...historyState(), opened: address }, '')
}

/** Returns the note from which the user returned to the list, if they did. */
export function openedFromList(): string | undefined {
  return historyState().opened
}

export function cameFromList(): boolean {
  return historyState().fromList === true
}

export function rememberDraft(key: string): void {
  window.history.replaceState({ ...historyState(), draft: key }, '')
}

/** @param state of an entry of the history */
export function draftOf(state: unknown): string | undefined {
  return (state as HistoryState | null)?.draft
}
