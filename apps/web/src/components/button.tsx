import type { ComponentProps } from 'react'
import styles from './button.module.css'

/** `danger` leads to a loss, `final` is the step that does it. */
type Look = 'primary' | 'plain' | 'quiet' | 'danger' | 'final'

interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'className'> {
  look?: Look
  /**
   * The work of this button is under way: it keeps its label and its focus and does nothing more. A
   * `disabled` button would lose the focus and be skipped by a screen reader at the moment when it has
   * something to say.
   */
  pending?: boolean
  /** There is nothing to do here now; the button stays in its place and in the order of the Tab key. */
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
      className={`${styles['button']} ${styles[look]}`}
      aria-busy={pending}
      aria-disabled={pending || unavailable}
      onClick={(event) => {
        if (pending || unavailable) event.preventDefault()
        else onClick?.(event)
      }}
    />
  )
}
