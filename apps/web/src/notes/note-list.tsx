import type { Note } from '@app/contract'
import { GrowingList } from '../components/growing-list.tsx'
import { Moment } from '../components/moment.tsx'
import { NoteRow } from './note-row.tsx'
import type { useNotes } from './use-notes.ts'
import styles from './note-list.module.css'

interface NoteListProps {
  notes: Note[]
  query: ReturnType<typeof useNotes>
  hasMore: boolean
  /** The note from which the user returned. */
  cameFrom: string | undefined
}

export function NoteList({ notes, query, hasMore, cameFrom }: NoteListProps) {
  return (
    <GrowingList label="Notes" className={styles['list']} items={notes} query={query} hasMore={hasMore}>
      {(note) => (
        <NoteRow
          address={note.id}
          text={note}
          focused={note.id === cameFrom}
          foot={
            <>
              {note.updatedAt !== note.createdAt && 'Changed '}
              <Moment at={note.updatedAt} />
            </>
          }
        />
      )}
    </GrowingList>
  )
}
