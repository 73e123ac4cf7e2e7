import type { Note, Self } from '@latchkey/contract'
import { useRef } from 'react'

import { Button } from '../components/button.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { NoteCard } from './note-card.tsx'
import styles from './note.module.css'
import type { useNotes } from './use-notes.ts'

interface NoteListProps {
  viewer: Self
  notes: Note[]
  query: ReturnType<typeof useNotes>
}

export function NoteList({ viewer, notes, query }: NoteListProps) {
  const list = useRef<HTMLUListElement>(null)
  return (
    <>
      <ul
        ref={list}
        className={styles['list']}
        aria-label="Notes"
        aria-busy={query.isPlaceholderData}
        tabIndex={-1}
      >
        {notes.map((note) => (
          <li key={note.id}>
            {/* The button that was pressed is gone with its note: the focus goes to what is left. */}
            <NoteCard viewer={viewer} note={note} onDeleted={() => list.current?.focus()} />
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
