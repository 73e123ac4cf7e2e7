import { useEffect, useId, useRef } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { ItemRow } from '../components/item-row.tsx'
import { fromList, rememberOpened } from './list-position.ts'
import styles from './note-list.module.css'

interface NoteRowProps {
  address: string
  /** The key of a draft that is not stored yet. */
  draft?: string
  title: string
  preview: string
  /** When the note was changed. */
  when?: ReactNode
  /** Why the note is not saved. */
  problem?: ReactNode
  /** Takes the focus when it appears. */
  focused?: boolean
  /** Called when the user is about to open the note. */
  onApproach?: () => void
}

/** Shows a note in a list by title and preview. The whole row is a link to the note. */
export function NoteRow({
  address,
  draft,
  title,
  preview,
  when,
  problem,
  focused = false,
  onApproach,
}: NoteRowProps) {
  const titleId = useId()
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (focused) link.current?.focus()
  }, [focused])
  return (
    <article className={styles['row']} aria-labelledby={titleId} data-full-times data-focus-frame>
      <ItemRow
        heading
        titleId={titleId}
        title={
          <Link
            ref={link}
            href={`/notes/${address}`}
            className={styles['link']}
            dir="auto"
            data-covers-row
            state={fromList(draft)}
            onPointerEnter={onApproach}
            onPointerDown={onApproach}
            onFocus={onApproach}
            onClick={() => rememberOpened(address)}
          >
            {title || 'New note'}
          </Link>
        }
        detail={
          <>
            {preview !== '' && (
              <p className={styles['excerpt']} dir="auto">
                {preview}
              </p>
            )}
            {problem !== undefined && <strong className={styles['stuck']}>{problem}</strong>}
          </>
        }
        note={when}
      />
    </article>
  )
}
