import { ChevronDown, X } from 'lucide-react'
import { useRef } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '../components/icon.tsx'
import styles from './filter-chip.module.css'

interface FilterChipProps {
  label: string
  /** The id of the label, for controls that the element `label` does not name. */
  labelId?: string
  /** The id of the control. */
  htmlFor: string
  isSet: boolean
  onRemove: () => void
  /** The control, which shows the value of the filter. */
  children: ReactNode
}

/** Renders a filter: its name, the control that sets it, and the button that removes it. */
export function FilterChip({ label, labelId, htmlFor, isSet, onRemove, children }: FilterChipProps) {
  const chip = useRef<HTMLDivElement>(null)
  function remove() {
    onRemove()
    // The button disappears: the focus stays on the filter.
    chip.current?.querySelector<HTMLElement>('[role=combobox]')?.focus()
  }
  return (
    <div ref={chip} className={styles['chip']} data-set={isSet} data-focus-frame>
      <label id={labelId} htmlFor={htmlFor} className={styles['label']}>
        {label}
      </label>
      {children}
      {isSet ? (
        <RemoveButton label={label} onClick={remove} />
      ) : (
        <span className={styles['arrow']}>
          <Icon icon={ChevronDown} size="small" />
        </span>
      )}
    </div>
  )
}

interface RemovableChipProps {
  label: string
  /** The chip disappears: the caller moves the focus. */
  onRemove: () => void
  /** The value. */
  children: ReactNode
}

/** Renders a filter that can only be removed. */
export function RemovableChip({ label, onRemove, children }: RemovableChipProps) {
  return (
    <div className={styles['chip']} role="group" aria-label={label} data-set>
      <span className={styles['label']}>{label}</span>
      <span className={styles['value']}>{children}</span>
      <RemoveButton label={label} onClick={onRemove} />
    </div>
  )
}

function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      className={styles['remove']}
      aria-label={`Remove the filter “${label}”`}
      onClick={onClick}
    >
      <Icon icon={X} size="small" />
    </button>
  )
}
