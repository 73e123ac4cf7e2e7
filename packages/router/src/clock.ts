/** Milliseconds since 1970 UTC. Everything that asks for the time takes one, so that a test can move it. */
export type Clock = () => number

export const systemClock: Clock = Date.now

/** An instant as it stands on the wire: ISO 8601, UTC. */
export function toInstant(ms: number): string {
  return new Date(ms).toISOString()
}
