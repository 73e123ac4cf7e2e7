/** An export may be as long as everything that somebody has written: a process makes one at a time, until it has been sent. */
export interface ExportTurn {
  /** @returns whether nobody else had it */
  take(): boolean
  giveBack(): void
}

export function createExportTurn(): ExportTurn {
  let isTaken = false
  return {
    take: () => {
      if (isTaken) return false
      isTaken = true
      return true
    },
    giveBack: () => {
      isTaken = false
    },
  }
}
