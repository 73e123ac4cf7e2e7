import { type ReactNode, useEffect, useRef } from 'react'

import { setPageTitle } from './document-title.ts'
import { usePageTurn } from './page-turn.ts'
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
 * The frame of every page: document title and heading. A page that comes in the place of another one takes the focus to its heading,
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
  const isTurned = usePageTurn()
  useEffect(() => {
    setPageTitle(title)
  }, [title])
  useEffect(() => {
    // Asked in any case: the first page is the first, whatever takes the focus.
    if (isTurned(heading) && takesFocus) heading.current?.focus()
  }, [takesFocus, isTurned])
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
