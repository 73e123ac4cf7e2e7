import { v7 } from 'uuid'

const sequenceBits = 31

/** Of the newest id of this process: its instant, and its place among those of the instant. */
let newest = { ms: Number.NaN, sequence: 0 }

/**
 * Returns the id of a new row: a UUIDv7 (RFC 9562), so ordering by id is ordering by creation. Ids that one
 * process makes for one instant ascend too (section 6.2, method 1), so events of one call keep their order.
 */
export function newId(nowMs: number): string {
  const sequence = nowMs === newest.ms ? newest.sequence + 1 : Math.floor(Math.random() * 2 ** sequenceBits)
  newest = { ms: nowMs, sequence }
  return v7({ msecs: nowMs, seq: sequence })
}

/**
 * Returns the lower bound of the ids of an instant: ids made before are less, ids made then or later are
 * greater.
 */
export function lowestId(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

/** Greater than all ids, which are hexadecimal. */
export const aboveAllIds = 'g'

/** Returns when an id was made, in milliseconds since 1970 UTC. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}
