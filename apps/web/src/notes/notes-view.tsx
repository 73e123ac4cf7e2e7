import type { Self } from '@app/contract'
import { NotebookPen, SearchX } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { ButtonLink } from '../components/button-link.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { Page } from '../components/page.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { Stack } from '../components/stack.tsx'
import { useStuckDrafts } from '../drafts/drafts.tsx'
import { SearchField } from '../forms/search-field.tsx'
import { openedFromList } from './list-position.ts'
import { NoteList } from './note-list.tsx'
import { NoteWriter } from './note-writer.ts'
import { StuckNotes } from './stuck-notes.tsx'
import { newNoteKey, useNewNoteKey } from './use-new-note-key.ts'
import { useNotesOfOtherTabs } from './use-notes-of-other-tabs.ts'
import { useNotes } from './use-notes.ts'
import { useRestoredWriters } from './use-writer.ts'
import styles from './note-list.module.css'

/** Shows the notes of a user: search, open, create. */
export function NotesView({ viewer }: { viewer: Self }) {
  const [params, setParams] = useSearchParams()
  const search = params.get('search') ?? ''
  const notes = useNotes(viewer, search)
  useRestoredWriters(viewer)
  useNotesOfOtherTabs(viewer)
  const stuck = useStuckDrafts(viewer, NoteWriter)
  const items = notes.data?.pages.flatMap((page) => page.items) ?? []
  // Unsaved notes are listed above instead of their stored version.
  const stored = items.filter(({ id }) => stuck.every(({ address }) => address !== id))
  // While a new search loads, the screen still shows the former result.
  const isAnswered = notes.isSuccess && !notes.isPlaceholderData
  const isEmpty = items.length === 0 && isAnswered
  const none = isEmpty && search === ''
  // Without notes there is nothing to search; but a field with typed text stays.
  const [hasSearched, setHasSearched] = useState(false)
  // Reserves the space of the search field until it is known whether there are notes.
  const mayBeNone = notes.isPending && search === '' && !hasSearched
  const hasMore = (notes.data?.pages.at(-1)?.nextCursor ?? null) !== null
  // After a return from a note, the note in the list takes the focus.
  const [cameFrom] = useState(() => stored.find(({ id }) => id === openedFromList())?.id)
  useNewNoteKey()

  return (
    <Page
      title="Your notes"
      takesFocus={cameFrom === undefined}
      aside={
        <ButtonLink href="/notes/new" look="primary" keys={newNoteKey}>
          New note
        </ButtonLink>
      }
    >
      <Stack>
        {(!none || hasSearched) && (
          <div
            className={`${styles['tools']} ${mayBeNone ? styles['unsure'] : ''}`}
            onFocus={() => setHasSearched(true)}
          >
            <SearchField
              label="Search notes"
              search={search}
              // A search replaces the history entry, so that Back leaves the notes.
              onSearch={(text) => setParams(text === '' ? {} : { search: text }, { replace: true })}
              status={search !== '' && isAnswered ? found(items.length, hasMore) : ''}
            />
            <p className={styles['count']}>{notes.isSuccess && counted(items.length, hasMore)}</p>
          </div>
        )}
        <StuckNotes stuck={stuck} />
        {items.length === 0 && !isAnswered && !notes.isError && (
          <Skeleton label="Loading your notes" kind="rows" blocks={6} />
        )}
        {notes.isError && items.length === 0 && (
          <FailedState error={notes.error} retrying={notes.isFetching} onRetry={() => void notes.refetch()} />
        )}
        {none && stuck.length === 0 && (
          <EmptyState icon={NotebookPen} title="No notes yet">
            <p>Only you can read what you write here. Changes are saved automatically.</p>
            <ButtonLink href="/notes/new">Write your first note</ButtonLink>
          </EmptyState>
        )}
        {isEmpty && search !== '' && (
          <EmptyState
            icon={SearchX}
            title={
              <>
                Nothing found for “<bdi>{search}</bdi>”
              </>
            }
          >
            <p>Try another or a shorter word.</p>
          </EmptyState>
        )}
        {stored.length > 0 && (
          <NoteList viewer={viewer} notes={stored} query={notes} hasMore={hasMore} cameFrom={cameFrom} />
        )}
      </Stack>
    </Page>
  )
}

function found(count: number, more: boolean): string {
  if (count === 0) return 'No notes found'
  if (more) return `More than ${count} notes found`
  return `${counted(count, more)} found`
}

/** Returns the number of results, which is known after the last page only. */
function counted(count: number, more: boolean): string {
  if (count === 0) return ''
  if (more) return `The newest ${count}`
  return count === 1 ? '1 note' : `${count} notes`
}
