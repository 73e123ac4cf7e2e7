import type { Note, Self } from '@latchkey/contract'

import { Button } from '../components/button.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { NoteCard } from './note-card.tsx'
import styles from './note.module.css'
import type { useNotes } from './use-notes.ts'

interface NoteListProps {
  viewer: Self
  notes: Note[]
  query: ReturnType<typeof useNotes>
  onDeleted: () => void
}

export function NoteList({ viewer, notes, query, onDeleted }: NoteListProps) {
  return (
    <>
      <ul className={styles['list']} aria-label="Notes" aria-busy={query.isPlaceholderData}>
        {notes.map((note) => (
          <li key={note.id}>
            <NoteCard viewer={viewer} note={note} onDeleted={onDeleted} />
          </li>
        ))}
      </ul>
      {query.isFetchNextPageError && (
        <FailedState
          error={query.error}
          retrying={query.isFetchingNextPage}
          onRetry={() => void query.fetchNextPage()}
        />
      )}
      {query.hasNextPage && !query.isFetchNextPageError && (
        <div className={styles['more']}>
          <Button pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </>
  )
}
