import type { Note } from '@app/contract'
import { useDeferredValue, useMemo } from 'react'
import type { ReactNode } from 'react'
import { Actions } from '../components/actions.tsx'
import { Button } from '../components/button.tsx'
import { Moment } from '../components/moment.tsx'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { focusText } from './note-fields.tsx'
import type { NoteWriter } from './note-writer.ts'
import { diffWords } from './text-diff.ts'
import type { Writing } from './writing.ts'
import styles from './note-versions.module.css'

interface NoteVersionsProps {
  writer: NoteWriter
  writing: Writing
  /** Whether another tab of this browser stored the other version. */
  isFromTab: boolean
  /** The fields with the user's own text. They stay mounted when a conflict begins or ends. */
  children: ReactNode
}

/**
 * Shows the fields of a note. In a conflict the stored version stands beside them, and the choices below
 * both.
 */
export function NoteVersions({ writer, writing, isFromTab, children }: NoteVersionsProps) {
  const { state, text } = writing
  const theirs = state.status === 'conflict' ? state.theirs : null
  return (
    <div className={theirs === null ? undefined : styles['versions']}>
      {theirs !== null && <Introduction isFromTab={isFromTab} />}
      <div className={styles['version']}>
        {theirs !== null && (
          <p className={styles['label']}>
            <strong>Your version</strong> <span>in this tab, not saved</span>
          </p>
        )}
        {children}
      </div>
      {theirs !== null && <StoredVersion mine={text} theirs={theirs} isFromTab={isFromTab} />}
      {theirs !== null && <Choices writer={writer} />}
    </div>
  )
}

function Introduction({ isFromTab }: { isFromTab: boolean }) {
  return (
    <div className={styles['introduction']}>
      <h2>{isFromTab ? 'Changed in another tab' : 'Changed on another device'}</h2>
      <p>This note was saved elsewhere while you were writing. Compare both versions, then choose.</p>
    </div>
  )
}

interface StoredVersionProps {
  mine: Writing['text']
  theirs: Note
  isFromTab: boolean
}

function StoredVersion({ mine, theirs, isFromTab }: StoredVersionProps) {
  return (
    <section className={styles['version']} aria-labelledby="theirs">
      <h3 id="theirs" tabIndex={-1} className={styles['label']}>
        <strong>Stored version</strong>{' '}
        <span>
          {isFromTab ? 'saved in another tab, ' : 'saved on another device, '}
          <Moment at={theirs.updatedAt} />
        </span>
      </h3>
      <div className={styles['stored']}>
        <p className={styles['title']} dir="auto">
          <Differences from={mine.title} to={theirs.title} />
        </p>
        <div className={styles['text']} dir="auto">
          <Differences from={mine.body} to={theirs.body} />
        </div>
      </div>
    </section>
  )
}

function Choices({ writer }: { writer: NoteWriter }) {
  return (
    <div className={styles['choices']}>
      <p className={styles['legend']}>
        <span>
          <ins>Underlined</ins> text is only in the stored version.
        </span>{' '}
        <span>
          <del>Struck</del> text is only in yours.
        </span>
      </p>
      <Actions
        main={
          <Button look="primary" onClick={() => decide(() => writer.mergeTheirs())}>
            Merge
          </Button>
        }
      >
        <Button onClick={() => decide(() => writer.keepMine())}>Keep mine</Button>
        <Button onClick={() => decide(() => writer.takeTheirs())}>Use stored version</Button>
      </Actions>
    </div>
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
        <VisuallyHidden>
          {/* In `bdi`, so that these words do not set the direction of the text. */}
          <bdi>{kind === 'added' ? ' only here: ' : ' only in yours: '}</bdi>
        </VisuallyHidden>
        {text}
      </Mark>
    )
  })
}
