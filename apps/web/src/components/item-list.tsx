import type { ReactNode, Ref } from 'react'
import busyStyles from './busy-line.module.css'
import styles from './item-list.module.css'

/** The look of a list of `ItemRow`, for lists that render their own `ul`. */
export const itemListClass = `${styles['list']} ${busyStyles['busy-line']}`

interface ItemListProps {
  /** The accessible name of the list. */
  label: string
  /** The list shows a former result. */
  busy?: boolean
  /** The list can take the focus when the focused row was removed. */
  ref?: Ref<HTMLUListElement>
  /** `li` elements with an `ItemRow` each. */
  children: ReactNode
}

/** Renders a list of rows, such as sessions, events or users. */
export function ItemList({ label, busy = false, ref, children }: ItemListProps) {
  return (
    <ul
      ref={ref}
      tabIndex={ref === undefined ? undefined : -1}
      className={itemListClass}
      aria-label={label}
      aria-busy={busy}
    >
      {children}
    </ul>
  )
}
