import type { ComponentProps } from 'react'
import busyStyles from './busy-line.module.css'
import styles from './button.module.css'

/** `danger` opens the confirmation of a destructive action, `final` performs it. */
type Look = 'primary' | 'plain' | 'quiet' | 'danger' | 'final'

interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'className'> {
  look?: Look
  /**
   * The action of this button is in progress. The button keeps its label and focus and ignores clicks. A
   * `disabled` button would lose the focus, and a screen reader would skip it while its state changes.
   */
  pending?: boolean
  /** The action is not possible now. The button keeps its place, also in the Tab order. */
  unavailable?: boolean
}

export function Button({
  look = 'plain',
  pending = false,
  unavailable = false,
  type = 'button',
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={`${styles['button']} ${styles[look]} ${busyStyles['busy-line']}`}
      aria-busy={pending}
      aria-disabled={pending || unavailable}
      onClick={(event) => {
        if (pending || unavailable) event.preventDefault()
        else onClick?.(event)
      }}
    />
  )
}
