import { v7 } from 'uuid'

/** A new row's id: UUIDv7 (RFC 9562), so ordering by id is ordering by creation. */
export function newId(nowMs: number): string {
  return v7({ msecs: nowMs })
}
