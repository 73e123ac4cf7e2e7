import { useId, useLayoutEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { Actions } from './actions.tsx'
import { placeMessage } from './place-message.ts'
import styles from './dialog.module.css'

interface DialogProps {
  title: string
  /** Called on Escape; the owner removes the dialog, or asks first. Without it the user cannot close it. */
  onClose?: () => void
  /** The main button, in a separate row at the end. */
  main?: ReactNode
  /** Further buttons, before the main one. */
  actions?: ReactNode
  children: ReactNode
}

/**
 * Renders a modal `<dialog>`. The browser focuses the first control, traps the focus, closes on Escape and
 * restores the focus. A key that is still held from opening the dialog presses none of its buttons.
 */
export function Dialog({ title, onClose, main, actions, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  // A layout effect, because the dialog must close before its element is removed: only then does the browser
  // restore the focus.
  useLayoutEffect(() => {
    const element = dialog.current
    const bringCaretBack = rememberCaret()
    element?.showModal()
    // An older message stays in the page.
    if (document.querySelector('[data-message] p') === null) placeMessage()
    return () => {
      element?.close()
      if (element?.querySelector('[data-message]')) placeMessage()
      bringCaretBack()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        if (event.repeat && event.target instanceof HTMLButtonElement) event.preventDefault()
      }}
      closedby={onClose ? 'closerequest' : 'none'}
      // React also calls both for a dialog in this one.
      onCancel={(event) => {
        if (event.target !== event.currentTarget || !event.cancelable) return
        event.preventDefault()
        onClose?.()
      }}
      // Without an action of the user since it opened, the page cannot prevent that Escape closes it.
      onClose={({ target, currentTarget }) => {
        if (target !== currentTarget || !currentTarget.isConnected || currentTarget.open) return
        currentTarget.showModal()
        onClose?.()
      }}
    >
      <div className={styles['content']}>
        <h2 id={titleId} className={styles['title']}>
          {title}
        </h2>
        {children}
      </div>
      {main !== undefined && (
        <div className={styles['actions']}>
          <Actions main={main}>{actions}</Actions>
        </div>
      )}
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
