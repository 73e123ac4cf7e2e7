import type { Reader } from '../db/database.ts'
import type { FoundUser } from '../features/users/table.ts'

/** Whose data is exported, and what they may see of others. */
export interface ExportRequest {
  user: FoundUser
  /** The session that asks, which its list names as the current one. */
  sessionId: string
  /** Whether user names of others may be in the export. */
  seesOthers: boolean
  /** Milliseconds since 1970 UTC. */
  now: number
}

/**
 * Reads one field of the account export. A list that may be long is read page by page, the next one when it
 * is needed.
 */
export type ExportPart<T> = (db: Reader, request: ExportRequest) => Promise<T> | AsyncIterable<T>
