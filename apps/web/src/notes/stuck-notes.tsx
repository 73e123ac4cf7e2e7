import type { Self } from '@latchkey/contract'

import { useStuckDrafts } from '../session/drafts.tsx'
import { NoteRow } from './note-row.tsx'
import styles from './note-list.module.css'

/** What was written and could not be saved: it waits here, whatever the list of stored notes says. */
export function StuckNotes({ viewer }: { viewer: Self }) {
  const stuck = useStuckDrafts(viewer)
  if (stuck.length === 0) return null
  return (
    <ul className={styles['list']} aria-label="Not saved yet">
      {stuck.map((writer) => (
        <li key={writer.key}>
          <NoteRow
            address={writer.address}
            text={writer.read().text}
            foot={<strong className={styles['stuck']}>Not saved yet: open it to see why</strong>}
          />
        </li>
      ))}
    </ul>
  )
}
