import type { Note } from '@app/contract'
import { useDeferredValue, useMemo } from 'react'
import { Button } from '../components/button.tsx'
import { Moment } from '../components/moment.tsx'
import { Row } from '../components/row.tsx'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { focusText } from './note-fields.tsx'
import type { NoteWriter } from './note-writer.ts'
import { diffWords } from './text-diff.ts'
import type { Writing } from './writing.ts'
import styles from './note-editor.module.css'

interface NoteConflictProps {
  writer: NoteWriter
  writing: Writing
  /** The stored version. */
  theirs: Note
}

/** Shows the stored version beside the fields, which contain the user's own text and stay editable. */
export function NoteConflict({ writer, writing, theirs }: NoteConflictProps) {
  const { text } = writing
  return (
    <section className={styles['theirs']} aria-labelledby="theirs">
      <h2 id="theirs" tabIndex={-1}>
        Changed elsewhere
      </h2>
      <p className={styles['when']}>
        <Moment at={theirs.updatedAt} />
      </p>
      <p>Your text is in the fields and can still be edited. Which version do you want to keep?</p>
      <Row>
        <Button look="primary" onClick={() => decide(() => writer.keepMine())}>
          Keep mine
        </Button>
        <Button onClick={() => decide(() => writer.takeTheirs())}>Use this version</Button>
        <Button onClick={() => decide(() => writer.mergeTheirs())}>Merge</Button>
      </Row>
      <h3>
        <Differences from={text.title} to={theirs.title} />
      </h3>
      <div className={styles['text']}>
        <Differences from={text.body} to={theirs.body} />
      </div>
    </section>
  )
}

function decide(how: () => void): void {
  focusText()
  how()
}

/** Marks text that only the other version has, and strikes through text that only the user's own has. */
function Differences({ from, to }: { from: string; to: string }) {
  // Deferred, so that typing is not delayed by the comparison.
  const mine = useDeferredValue(from)
  const pieces = useMemo(() => diffWords(mine, to), [mine, to])
  return pieces.map(({ kind, text }, index) => {
    if (kind === 'same') return <span key={index}>{text}</span>
    const Mark = kind === 'added' ? 'ins' : 'del'
    return (
      <Mark key={index}>
        <VisuallyHidden>{kind === 'added' ? ' only here: ' : ' only in yours: '}</VisuallyHidden>
        {text}
      </Mark>
    )
  })
}
