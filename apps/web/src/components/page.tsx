import { type ReactNode, useEffect, useRef } from 'react'

import { useHistoryMoved } from './history-moved.ts'
import styles from './page.module.css'
import hiddenStyles from './visually-hidden.module.css'

interface PageProps {
  title: string
  /** The title is seen elsewhere on the page: the heading is there for people who listen. */
  hiddenTitle?: boolean
  /** Something on the page takes the focus instead of the heading. */
  takesFocus?: boolean
  /** A sentence below the heading. */
  lead?: ReactNode
  width?: 'narrow' | 'wide' | 'hero'
  /** Stands beside the heading. */
  aside?: ReactNode
  children?: ReactNode
}

/**
 * The frame of every page: document title and heading. After a navigation within the app the heading takes the focus,
 * as a browser starts at the top of a document that it has loaded.
 */
export function Page({
  title,
  hiddenTitle = false,
  takesFocus = true,
  lead,
  width = 'wide',
  aside,
  children,
}: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const moved = useHistoryMoved()
  useEffect(() => {
    document.title = title === 'Latchkey' ? title : `${title} · Latchkey`
  }, [title])
  useEffect(() => {
    if (takesFocus && moved()) heading.current?.focus()
  }, [takesFocus, moved])
  return (
    <div className={`${styles['page']} ${styles[width]}`}>
      <header className={styles['header']}>
        <h1 ref={heading} tabIndex={-1} className={hiddenTitle ? hiddenStyles['hidden'] : styles['title']}>
          {title}
        </h1>
        {aside}
        {lead !== undefined && <p className={styles['lead']}>{lead}</p>}
      </header>
      {children}
    </div>
  )
}
