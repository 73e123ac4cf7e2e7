/** Returns the message after a second factor was added. */
export function addedText(what: string, endedSessions: number): string {
  return `${what} added.${endedText(endedSessions)}`
}

/** Returns the message after a second factor was removed. */
export function removedText(what: string, endedSessions: number): string {
  return `${what} removed.${endedText(endedSessions)}`
}

/** Returns the end of a message after a change that ended other sessions; empty if none ended. */
export function endedText(count: number): string {
  if (count === 0) return ''
  return count === 1 ? ' One other session ended.' : ` ${count} other sessions ended.`
}
