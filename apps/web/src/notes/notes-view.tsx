import type { Self } from '@latchkey/contract'
import { useRef, useState } from 'react'

import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { Page } from '../components/page.tsx'
import { SearchField } from '../components/search-field.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { Stack } from '../components/stack.tsx'
import { useDraft } from '../session/drafts.tsx'
import { NewNote } from './new-note.tsx'
import { NoteList } from './note-list.tsx'
import styles from './note.module.css'
import { useNotes } from './use-notes.ts'

/** A member's notes: search, write, read on. */
export function NotesView({ viewer }: { viewer: Self }) {
  const [search, setSearch] = useState('')
  const { draft } = useDraft(viewer, null)
  const [writing, setWriting] = useState(draft !== undefined)
  const writeButton = useRef<HTMLButtonElement>(null)
  const notes = useNotes(viewer, search)
  const items = notes.data?.pages.flatMap((page) => page.items) ?? []
  const none = items.length === 0 && search === '' && notes.isSuccess

  function stopWriting() {
    setWriting(false)
    writeButton.current?.focus()
  }

  return (
    <Page
      title="Your notes"
      aside={
        <Button ref={writeButton} look="primary" aria-expanded={writing} onClick={() => setWriting(true)}>
          New note
        </Button>
      }
    >
      <Stack>
        {writing && <NewNote viewer={viewer} onDone={stopWriting} />}
        {!none && (
          <div className={styles['tools']}>
            <SearchField
              label="Search notes"
              search={search}
              onSearch={setSearch}
              status={found(search, items.length)}
            />
          </div>
        )}
        {notes.isPending && <Skeleton label="Loading your notes" />}
        {notes.isError && items.length === 0 && (
          <FailedState error={notes.error} retrying={notes.isFetching} onRetry={() => void notes.refetch()} />
        )}
        {none && !writing && (
          <EmptyState title="No notes yet">
            <p>Only you can read what you write here.</p>
            <Button onClick={() => setWriting(true)}>Write your first note</Button>
          </EmptyState>
        )}
        {items.length === 0 && search !== '' && notes.isSuccess && (
          <EmptyState title={`Nothing found for “${search}”`}>
            <p>Try another word, or fewer letters of it.</p>
          </EmptyState>
        )}
        {items.length > 0 && (
          <NoteList
            viewer={viewer}
            notes={items}
            query={notes}
            onDeleted={() => writeButton.current?.focus()}
          />
        )}
      </Stack>
    </Page>
  )
}

function found(search: string, count: number): string {
  if (search === '') return ''
  return count === 1 ? '1 note found' : `${count} notes found`
}
