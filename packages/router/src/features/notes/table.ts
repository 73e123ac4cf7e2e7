import type { Selectable } from 'kysely'

export interface NotesTable {
  /** UUIDv7, made by the caller: ordering by id is ordering by creation. */
  id: string
  user_id: string
  title: string
  body: string
  /** Title and body after NFKC and lower-casing: what a search within the owner's notes compares. */
  search_key: string
  /** Starts at 1 and grows with every change; an update names the revision it read. */
  revision: number
  /** Milliseconds since 1970 UTC. */
  created_at: number
  updated_at: number
}

export type NoteRow = Selectable<NotesTable>
