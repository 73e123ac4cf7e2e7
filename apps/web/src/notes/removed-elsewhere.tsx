import { useLocation } from 'wouter'
import { Actions } from '../components/actions.tsx'
import { Button } from '../components/button.tsx'
import { useDrafts } from '../drafts/drafts.tsx'
import { focusText } from './note-fields.tsx'
import type { NoteWriter } from './note-writer.ts'
import styles from './note-editor.module.css'

/** Offers to save or discard the text of a note that was deleted elsewhere. */
export function RemovedElsewhere({ writer }: { writer: NoteWriter }) {
  const drafts = useDrafts()
  const [, navigate] = useLocation()
  return (
    <section className={styles['notice']} aria-labelledby="removed">
      <h2 id="removed">This note was deleted elsewhere</h2>
      <p>Its text is still in the fields below, and nowhere else.</p>
      <Actions
        main={
          <Button
            look="primary"
            onClick={() => {
              focusText()
              writer.saveAsNew()
            }}
          >
            Save it as a new note
          </Button>
        }
      >
        <Button
          onClick={() => {
            drafts.discard(writer)
            navigate('/', { replace: true })
          }}
        >
          Discard
        </Button>
      </Actions>
    </section>
  )
}
