import { useEffect, useId, useRef } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { fromList, rememberOpened } from './list-position.ts'
import styles from './note-list.module.css'

interface NoteRowProps {
  address: string
  /** The key of a draft that is not stored yet. */
  draft?: string
  title: string
  preview: string
  foot: ReactNode
  /** Takes the focus when it appears. */
  focused?: boolean
  /** Called when the user is about to open the note. */
  onApproach?: () => void
}

/** Shows a note in a list by title and preview. The whole card is a link to the note. */
export function NoteRow({ address, draft, title, preview, foot, focused = false, onApproach }: NoteRowProps) {
  const titleId = useId()
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
          onPointerEnter={onApproach}
          onPointerDown={onApproach}
          onFocus={onApproach}
          onClick={() => rememberOpened(address)}
        >
          {title || 'New note'}
        </Link>
      </h2>
      {preview !== '' && <p className={styles['excerpt']}>{preview}</p>}
      <p className={styles['foot']}>{foot}</p>
    </article>
  )
}
