import type { NoteWriter } from './note-writer.ts'
import { NoteRow } from './note-row.tsx'
import styles from './note-list.module.css'

/** What was written and could not be saved: it waits here, whatever the list of stored notes says. */
export function StuckNotes({ stuck }: { stuck: readonly NoteWriter[] }) {
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
