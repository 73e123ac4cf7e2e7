import type { NoteSummary, Self } from '@app/contract'
import { GrowingList } from '../components/growing-list.tsx'
import { itemListClass } from '../components/item-list.tsx'
import { MomentAgo } from '../components/moment.tsx'
import { NoteRow } from './note-row.tsx'
import { usePrefetchNote } from './use-notes.ts'
import type { useNotes } from './use-notes.ts'

interface NoteListProps {
  viewer: Self
  notes: NoteSummary[]
  query: ReturnType<typeof useNotes>
  hasMore: boolean
  /** The note from which the user returned. */
  cameFrom: string | undefined
}

export function NoteList({ viewer, notes, query, hasMore, cameFrom }: NoteListProps) {
  const prefetch = usePrefetchNote(viewer)
  return (
    <GrowingList label="Notes" className={itemListClass} items={notes} query={query} hasMore={hasMore}>
      {(note) => (
        <NoteRow
          address={note.id}
          title={note.title}
          preview={note.preview}
          onApproach={() => prefetch(note.id)}
          focused={note.id === cameFrom}
          when={<MomentAgo at={note.updatedAt} now={query.dataUpdatedAt} inControl />}
        />
      )}
    </GrowingList>
  )
}
