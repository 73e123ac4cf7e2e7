import { ChevronDown } from 'lucide-react'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '../components/icon.tsx'
import fieldStyles from './field.module.css'
import styles from './select-field.module.css'

interface SelectFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  /** The `<option>` elements. */
  children: ReactNode
}

/** Renders the select of the browser, so that phones show their own list, in the look of the other fields. */
export function SelectField({ label, value, onChange, children }: SelectFieldProps) {
  const id = useId()
  return (
    <div className={fieldStyles['field']}>
      <label htmlFor={id} className={fieldStyles['label']}>
        {label}
      </label>
      <div data-focus-frame className={styles['frame']}>
        <select
          id={id}
          className={`${fieldStyles['control']} ${styles['select']}`}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {children}
        </select>
        <Icon icon={ChevronDown} size="small" />
      </div>
    </div>
  )
}
