import { useId, useLayoutEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import styles from './dialog.module.css'

interface DialogProps {
  title: string
  /** Called on Escape; the owner removes the dialog. Without it the user cannot close the dialog. */
  onClose?: () => void
  /** The title takes the focus instead of the first control. */
  focusesTitle?: boolean
  children: ReactNode
}

/** Renders a modal `<dialog>`. The browser traps the focus, closes on Escape and restores the focus. */
export function Dialog({ title, onClose, focusesTitle = false, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const titleId = useId()
  // A layout effect, because the dialog must close before its element is removed: only then does the browser
  // restore the focus.
  useLayoutEffect(() => {
    const element = dialog.current
    const bringCaretBack = rememberCaret()
    element?.showModal()
    if (focusesTitle) heading.current?.focus()
    return () => {
      element?.close()
      bringCaretBack()
    }
  }, [focusesTitle])
  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      aria-labelledby={titleId}
      closedby={onClose ? 'closerequest' : 'none'}
      onCancel={(event) => {
        event.preventDefault()
        onClose?.()
      }}
      // A browser without `closedby` closes on a second Escape; the page cannot prevent that.
      onClose={({ currentTarget }) => {
        if (currentTarget.isConnected && !currentTarget.open && !onClose) currentTarget.showModal()
      }}
    >
      <div className={styles['content']}>
        <h2 ref={heading} id={titleId} tabIndex={focusesTitle ? -1 : undefined} className={styles['title']}>
          {title}
        </h2>
        {children}
      </div>
    </dialog>
  )
}

/** Restores the caret, because Chrome restores only the focus of a field: typed text would be lost. */
function rememberCaret(): () => void {
  const field = document.activeElement
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return () => {}
  const { selectionStart: start, selectionEnd: end } = field
  // Null: a field type without a caret.
  return () => {
    if (start !== null && document.activeElement === field) field.setSelectionRange(start, end)
  }
}
