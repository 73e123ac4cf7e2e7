import { useEffect, useId, useRef } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { fromList, rememberOpened } from './list-position.ts'
import { displayTitle } from './note-text.ts'
import type { NoteText } from './note-text.ts'
import styles from './note-list.module.css'

interface NoteRowProps {
  address: string
  /** The key of a draft that is not stored yet. */
  draft?: string
  text: NoteText
  foot: ReactNode
  /** Takes the focus when it appears. */
  focused?: boolean
}

/** Shows a note in a list by title and excerpt. The whole card is a link to the note. */
export function NoteRow({ address, draft, text, foot, focused = false }: NoteRowProps) {
  const titleId = useId()
  const beginning = beginningOf(text)
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (focused) link.current?.focus()
  }, [focused])
  return (
    <article className={styles['row']} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles['title']}>
        <Link
          ref={link}
          href={`/notes/${address}`}
          className={styles['link']}
          state={fromList(draft)}
          onClick={() => rememberOpened(address)}
        >
          {displayTitle(text) || 'New note'}
        </Link>
      </h2>
      {beginning !== '' && <p className={styles['excerpt']}>{beginning}</p>}
      <p className={styles['foot']}>{foot}</p>
    </article>
  )
}

/** More characters than a row shows on any screen. */
const beginningLength = 400

/** Returns the start of the text, without the first line if that is the title. */
function beginningOf(text: NoteText): string {
  const body = text.body.trimStart()
  const title = displayTitle(text)
  const rest =
    body.startsWith(title) && /^\s|^$/.test(body.slice(title.length)) ? body.slice(title.length) : body
  return rest.slice(0, beginningLength).trim()
}
