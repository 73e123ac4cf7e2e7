import { useEffect, useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { displayTitle, isTooLong } from './note-text.ts'
import type { NoteText } from './note-text.ts'
import type { NoteWriter } from './note-writer.ts'
import styles from './note-editor.module.css'

const textId = 'note-text'

/** The id of the element with the state of the note, which also describes an invalid field. */
export const stateId = 'note-state'

/** Focuses the text, for buttons that disappear when they are pressed. */
export function focusText(): void {
  document.getElementById(textId)?.focus()
}

interface NoteFieldsProps {
  writer: NoteWriter
  text: NoteText
  /** Takes the focus when it appears. */
  focused: boolean
}

/**
 * Renders title and text. Without `maxLength`, which would cut pasted text silently: the state of the note
 * reports it. The title is a text area, so that long titles wrap.
 */
export function NoteFields({ writer, text, focused }: NoteFieldsProps) {
  const title = useRef<HTMLTextAreaElement>(null)
  const body = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (focused) title.current?.focus()
  }, [focused])

  function goOn(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    body.current?.focus()
  }

  return (
    <div className={styles['sheet']} data-focus-frame onBlur={() => void writer.save()}>
      <textarea
        ref={title}
        dir="auto"
        className={styles['title']}
        aria-label="Title"
        placeholder={displayTitle(text) || 'Title'}
        rows={1}
        autoComplete="off"
        value={text.title}
        {...wrongIf(isTooLong('title', text))}
        onKeyDown={goOn}
        onChange={({ currentTarget }) =>
          writer.write({ ...text, title: currentTarget.value.replace(/\s*\n\s*/g, ' ') })
        }
      />
      <textarea
        ref={body}
        dir="auto"
        className={styles['body']}
        id={textId}
        aria-label="Text"
        placeholder="Write here"
        rows={14}
        autoComplete="off"
        value={text.body}
        {...wrongIf(isTooLong('text', text))}
        onChange={({ currentTarget }) => writer.write({ ...text, body: currentTarget.value })}
      />
      {/* For print only: a field would be cut at the end of a sheet, in the middle of a line. */}
      <div className={styles['printed']} dir="auto">
        {text.body}
      </div>
    </div>
  )
}

function wrongIf(isWrong: boolean) {
  return isWrong ? { 'aria-invalid': true, 'aria-describedby': stateId } : {}
}
