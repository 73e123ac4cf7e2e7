import type { Selectable } from 'kysely'

export interface NotesTable {
  /** UUIDv7, made by the caller: ordering by id is ordering by creation. */
  id: string
  user_id: string
  title: string
  /** `notePreview` of title and body, for lists. At most 600 bytes, and at most those of the body. */
  preview: string
  body: string
  /** `searchKey` of title and body, which a search of the owner compares. At most three times `bytes`. */
  search_key: string
  /** UTF-8 bytes of title and body; their sum over an account is bounded by NOTES_MB_PER_ACCOUNT. */
  bytes: number
  /** Starts at 1 and grows with every change; an update names the revision it read. */
  revision: number
  /** Milliseconds since 1970 UTC. */
  created_at: number
  updated_at: number
}

export type NoteRow = Selectable<NotesTable>
