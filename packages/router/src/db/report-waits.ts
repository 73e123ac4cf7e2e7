/** Why a migration waits, as a line for operators. */
export const waitLines = {
  answer: 'Waiting for the database, which does not answer or grants no connection, for up to 60 s.',
  lock: 'Waiting for the database, which another process has locked, for up to 60 s.',
} as const

export interface WaitReporter extends Disposable {
  /**
   * Begins to look for locks.
   * @param isLocked asks whether the migration waits for a lock now
   */
  hasBegun(this: void, isLocked: () => Promise<boolean>): void
}

/** How long a wait lasts before it is reported. */
const longWaitMs = 2_000

/** How long a look may wait for a connection, which a role with few of them may not get. */
export const lookMs = 1_500

/**
 * Looks every 2 seconds why a migration has not ended, and reports each cause once. A migration that only
 * takes long is not reported.
 * @param beginning what a wait before `hasBegun` means
 */
export function reportWaits(beginning: keyof typeof waitLines, onWait: (line: string) => void): WaitReporter {
  const unreported = new Set<string>(Object.values(waitLines))
  let find: () => Promise<boolean> | undefined = () => undefined
  let isAsking = false
  const report = (line: string) => {
    if (unreported.delete(line)) onWait(line)
  }
  const look = async () => {
    // It did not answer since the last time.
    if (isAsking) return report(waitLines.answer)
    const isLocked = find()
    if (isLocked === undefined) return report(waitLines[beginning])
    isAsking = true
    // Without a connection, the cause is unknown.
    if (await isLocked.catch(() => false)) report(waitLines.lock)
    isAsking = false
  }
  const timer = setInterval(() => void look(), longWaitMs)
  return {
    hasBegun: (isLocked) => {
      find = isLocked
    },
    [Symbol.dispose]: () => {
      clearInterval(timer)
      unreported.clear()
    },
  }
}
