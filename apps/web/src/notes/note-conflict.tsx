import type { Note } from '@latchkey/contract'

import { Button } from '../components/button.tsx'
import { Moment } from '../components/moment.tsx'
import styles from './note.module.css'

interface NoteConflictProps {
  /** The version that is saved on the server. */
  stored: Note
  onTake: () => void
}

/** Shows the other version beside the form, which still holds the person's own. */
export function NoteConflict({ stored, onTake }: NoteConflictProps) {
  return (
    <section className={styles['conflict']} aria-label="Saved version">
      <h3>Saved version</h3>
      <p className={styles['when']}>
        Changed <Moment at={stored.updatedAt} />
      </p>
      <h4>{stored.title}</h4>
      <p className={styles['body']}>{stored.body}</p>
      <p>“Save note” replaces this version by yours above.</p>
      <div>
        <Button onClick={onTake}>Use the saved version</Button>
      </div>
    </section>
  )
}
