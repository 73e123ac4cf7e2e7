import type { Reader } from '../db/database.ts'
import type { FoundUser } from '../features/users/table.ts'

/** The user whose data is exported, and what the user may see of others. */
export interface ExportRequest {
  user: FoundUser
  /** The session of the caller, which the list marks as current. */
  sessionId: string
  /** Whether the export may contain user names of others. */
  seesOthers: boolean
  /** Milliseconds since 1970 UTC. */
  now: number
}

/** Reads one field of the account export. A long list is read page by page, each page when it is needed. */
export type ExportPart<T> = (db: Reader, request: ExportRequest) => Promise<T> | AsyncIterable<T>
