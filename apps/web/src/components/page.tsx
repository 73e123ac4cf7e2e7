import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { BrandMark } from './brand-mark.tsx'
import { setPageTitle } from './document-title.ts'
import { useIsNavigation } from './use-is-navigation.ts'
import styles from './page.module.css'
import hiddenStyles from './visually-hidden.module.css'

interface PageProps {
  title: string
  /** Shows the heading to screen readers only, because the title is visible elsewhere on the page. */
  hiddenTitle?: boolean
  /** Whether the heading takes the focus after a navigation. Default: true. */
  takesFocus?: boolean
  /** A sentence below the heading. */
  lead?: ReactNode
  /** `narrow` is the composition for one form or one message: the mark above a centred title. */
  width?: 'narrow' | 'wide' | 'hero'
  /** Shown beside the heading. */
  aside?: ReactNode
  children?: ReactNode
}

/**
 * Renders the frame of every page: document title and heading. After a navigation the heading takes the
 * focus, as a browser starts at the top of a new document.
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
  const isNavigation = useIsNavigation()
  useEffect(() => {
    setPageTitle(title)
  }, [title])
  useEffect(() => {
    // Called in any case, because the call remembers the first page.
    if (isNavigation(heading) && takesFocus) heading.current?.focus()
  }, [takesFocus, isNavigation])
  return (
    <div className={`${styles['page']} ${styles[width]}`} data-entrance={width === 'narrow' ? '' : undefined}>
      <header className={styles['header']}>
        {width === 'narrow' && <BrandMark />}
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
