import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../components/button.tsx'
import { Moment } from '../components/moment.tsx'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { focusText, stateId } from './note-fields.tsx'
import { charactersUsed } from './note-text.ts'
import type { NoteWriter } from './note-writer.ts'
import { WaitingText } from './waiting-text.tsx'
import type { WriterState, Writing } from './writing.ts'
import styles from './note-editor.module.css'

/**
 * Shows at the bottom of the window whether the note is saved. Grows upwards, so that the text stays.
 */
export function SaveBar({ writer, writing }: { writer: NoteWriter; writing: Writing }) {
  const { state, text } = writing
  const announcement = useAnnouncement(state)
  const room = charactersUsed(text)
  const discarded = state.status === 'saved' || state.status === 'removed' ? state.discarded : undefined
  const canRetry = state.status === 'waiting' || state.status === 'rejected'
  return (
    <div className={styles['bar']} role="group" aria-label="Save status">
      {isTrouble(state) ? (
        <p key="trouble" id={stateId} className={styles['trouble']}>
          {words(writing)}
        </p>
      ) : (
        <p key="fine">{words(writing)}</p>
      )}
      {room !== null && <p>{room}</p>}
      {canRetry && <BarButton onClick={() => void writer.retry()}>Try now</BarButton>}
      {discarded && <BarButton onClick={() => writer.write(discarded)}>Restore my version</BarButton>}
      {state.status === 'conflict' && (
        <Button look="quiet" onClick={compare}>
          Compare
        </Button>
      )}
      <div aria-live="polite">
        <VisuallyHidden>{announcement}</VisuallyHidden>
      </div>
    </div>
  )
}

/** Scrolls the other version to the top. Further down, this bar would hide it on a small screen. */
function compare(): void {
  const heading = document.getElementById('theirs')
  heading?.closest('section')?.scrollIntoView({ block: 'start' })
  heading?.focus({ preventScroll: true })
}

function BarButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  function press() {
    focusText()
    onClick()
  }
  return (
    <Button look="quiet" onClick={press}>
      {children}
    </Button>
  )
}

function words({ state, base }: Writing): ReactNode {
  if (state.status === 'waiting') return <WaitingText message={state.message} retryAt={state.retryAt} />
  if (state.status !== 'saved') return sentence(state)
  const when = base && <Moment at={base.updatedAt} />
  if (state.source === 'elsewhere') return <>Changed elsewhere, {when}</>
  return <>Saved {when}</>
}

function sentence(state: Exclude<WriterState, { status: 'saved' }>): string {
  switch (state.status) {
    case 'empty':
      return 'Changes are saved automatically. Without a title, the first line is the title.'
    case 'saving':
      return 'Saving…'
    case 'waiting':
      // The countdown itself announces the wait.
      return state.retryAt === null ? `${state.message} Trying again…` : state.message
    case 'invalid':
    case 'rejected':
      return state.message
    case 'signed-out':
      return 'Not saved: you are not logged in. Your text is kept in this tab.'
    case 'conflict':
      return 'Not saved: this note was changed elsewhere. Both texts are here.'
    case 'removed':
      return 'Not saved: this note was deleted elsewhere.'
  }
}

function isTrouble({ status }: WriterState): boolean {
  return status !== 'empty' && status !== 'saved' && status !== 'saving'
}

/**
 * Returns the text for screen readers when saves begin to fail and when they work again.
 */
function useAnnouncement(state: WriterState): string {
  const [announced, setAnnounced] = useState<{ state: WriterState; trouble: string | null; text: string }>({
    state,
    // The page shows a failure that existed when the note was opened; only its end is announced.
    trouble: isTrouble(state) ? state.status : null,
    text: '',
  })
  if (announced.state !== state) setAnnounced({ state, ...next(announced, state) })
  return announced.text
}

function next(announced: { trouble: string | null; text: string }, state: WriterState) {
  if (state.status === 'saved') {
    if (announced.trouble !== null) return { trouble: null, text: 'Saved' }
    return { trouble: null, text: state.source === 'elsewhere' ? 'Changed elsewhere' : announced.text }
  }
  if (!isTrouble(state) || state.status === announced.trouble)
    return { trouble: announced.trouble, text: announced.text }
  return { trouble: state.status, text: sentence(state) }
}
