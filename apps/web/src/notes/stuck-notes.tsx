import { notePreview } from '@app/contract'
import { useSyncExternalStore } from 'react'
import { ItemList } from '../components/item-list.tsx'
import { NoteRow } from './note-row.tsx'
import { displayTitle } from './note-text.ts'
import type { NoteWriter } from './note-writer.ts'
import { WaitingText } from './waiting-text.tsx'

/** Lists the notes that could not be saved, above the stored notes. */
export function StuckNotes({ stuck }: { stuck: readonly NoteWriter[] }) {
  if (stuck.length === 0) return null
  return (
    <ItemList label="Not saved yet">
      {stuck.map((writer) => (
        <li key={writer.key}>
          <StuckNote writer={writer} />
        </li>
      ))}
    </ItemList>
  )
}

function StuckNote({ writer }: { writer: NoteWriter }) {
  const { text, state } = useSyncExternalStore(writer.subscribe, writer.read)
  const title = displayTitle(text)
  // A state that needs a decision of the user is explained in the note itself.
  const why =
    state.status === 'waiting' ? (
      <WaitingText message={state.message} retryAt={state.retryAt} />
    ) : (
      'Not saved yet: open it to see why'
    )
  return (
    <NoteRow
      address={writer.address}
      draft={writer.key}
      title={title}
      preview={notePreview({ title, body: text.body })}
      problem={why}
    />
  )
}
