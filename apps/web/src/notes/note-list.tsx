import type { Note } from '@latchkey/contract'
import { useEffect, useRef } from 'react'

import { Button } from '../components/button.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { Moment } from '../components/moment.tsx'
import { NoteRow } from './note-row.tsx'
import styles from './note-list.module.css'
import type { useNotes } from './use-notes.ts'

interface NoteListProps {
  notes: Note[]
  query: ReturnType<typeof useNotes>
}

export function NoteList({ notes, query }: NoteListProps) {
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
            <NoteRow
              address={note.id}
              text={note}
              foot={
                <>
                  {note.updatedAt !== note.createdAt && 'Changed '}
                  <Moment at={note.updatedAt} />
                </>
              }
            />
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
