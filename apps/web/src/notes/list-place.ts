/** What the browser's history keeps about a step from the list to a note, so that the way back ends where it began. */
interface Place {
  /** At the list: the note that was opened from it. */
  opened?: string
  /** At the note: the step before was the list. */
  fromList?: true
}

export const fromList: Place = { fromList: true }

function place(): Place {
  // Sound enough: only this app writes it, and every part is looked at before it is used.
  return (window.history.state as Place | null) ?? {}
}

export function rememberOpened(address: string): void {
  window.history.replaceState({ ...place(), opened: address }, '')
}

/** The note from which the person has come back to the list; undefined when the list was opened in another way. */
export function openedBefore(): string | undefined {
  return place().opened
}

export function cameFromList(): boolean {
  return place().fromList === true
}
