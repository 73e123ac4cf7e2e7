import type { Note, Self } from '@latchkey/contract'
import { useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'

import { Button } from '../components/button.tsx'
import { Moment } from '../components/moment.tsx'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { useDraft } from '../session/drafts.tsx'
import { DeleteNote } from './delete-note.tsx'
import { EditNote } from './edit-note.tsx'
import styles from './note.module.css'

/** Longer notes are folded in the list. */
const foldedLength = 600

interface NoteCardProps {
  viewer: Self
  note: Note
  onDeleted: () => void
}

export function NoteCard({ viewer, note, onDeleted }: NoteCardProps) {
  const { draft } = useDraft(viewer, note.id)
  const [doing, setDoing] = useState<'reading' | 'editing' | 'deleting'>(draft ? 'editing' : 'reading')
  const titleId = useId()
  const editButton = useRef<HTMLButtonElement>(null)

  function stopEditing() {
    // Now, not with the next frame: the form that holds the focus is about to go.
    flushSync(() => setDoing('reading'))
    editButton.current?.focus()
  }

  return (
    <article className={styles['note']} aria-labelledby={titleId}>
      {doing === 'editing' ? (
        <>
          <VisuallyHidden>
            <h2 id={titleId}>{note.title}</h2>
          </VisuallyHidden>
          <EditNote viewer={viewer} note={note} onDone={stopEditing} />
        </>
      ) : (
        <>
          <h2 id={titleId} className={styles['title']}>
            {note.title}
          </h2>
          <NoteBody body={note.body} />
          <footer className={styles['foot']}>
            <span className={styles['when']}>
              <Moment at={note.updatedAt} />
            </span>
            <span className={styles['buttons']}>
              <Button ref={editButton} look="quiet" onClick={() => setDoing('editing')}>
                Edit<VisuallyHidden> {note.title}</VisuallyHidden>
              </Button>
              <Button look="quiet" onClick={() => setDoing('deleting')}>
                Delete<VisuallyHidden> {note.title}</VisuallyHidden>
              </Button>
            </span>
          </footer>
        </>
      )}
      {doing === 'deleting' && (
        <DeleteNote viewer={viewer} note={note} onClose={() => setDoing('reading')} onDeleted={onDeleted} />
      )}
    </article>
  )
}

function NoteBody({ body }: { body: string }) {
  const [open, setOpen] = useState(false)
  const long = body.length > foldedLength || body.split('\n', 13).length > 12
  if (body === '') return null
  return (
    <>
      <p className={`${styles['body']} ${long && !open ? styles['folded'] : ''}`}>{body}</p>
      {long && (
        <div className={styles['unfold']}>
          <Button look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Show less' : 'Show all'}
          </Button>
        </div>
      )}
    </>
  )
}
