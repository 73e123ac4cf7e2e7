import type { Note, Self } from '@latchkey/contract'
import { useEffect, useRef } from 'react'

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
  const list = useRef<HTMLUListElement>(null)
  // How many notes there were when more were asked for: the focus goes on from there when the button has gone.
  const readFrom = useRef<number | null>(null)
  useEffect(() => {
    if (readFrom.current === null || notes.length <= readFrom.current) return
    const next = list.current?.children.item(readFrom.current)
    readFrom.current = null
    if (!query.hasNextPage && next instanceof HTMLElement) next.focus()
  }, [notes.length, query.hasNextPage])

  function loadMore() {
    readFrom.current = notes.length
    void query.fetchNextPage()
  }

  return (
    <>
      <ul ref={list} className={styles['list']} aria-label="Notes" aria-busy={query.isPlaceholderData}>
        {notes.map((note) => (
          <li key={note.id} tabIndex={-1}>
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
          <Button pending={query.isFetchingNextPage} onClick={loadMore}>
            Load more
          </Button>
        </div>
      )}
    </>
  )
}
