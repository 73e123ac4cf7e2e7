import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'

import styles from './dialog.module.css'

interface DialogProps {
  title: string
  /** Asked for by Escape; the owner takes the dialog away. */
  onClose: () => void
  children: ReactNode
}

/** A modal dialog: the browser's own keeps the focus inside, closes by Escape and gives the focus back. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  // A layout effect, because closing must come before the element leaves the page: that is when focus is given back.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div className={styles['content']}>
        <h2 id={titleId} className={styles['title']}>
          {title}
        </h2>
        {children}
      </div>
    </dialog>
  )
}
