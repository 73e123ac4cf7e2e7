import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from '../components/icon.tsx'
import { useKeptValue } from './entry-form-context.ts'
import styles from './check-box.module.css'

interface CheckBoxProps {
  name: string
  label: ReactNode
  /** Checked until the user changes it. Default: false. */
  checked?: boolean
  /** Called after every change, outside of an `EntryForm`. */
  onChange?: (isChecked: boolean) => void
}

export function CheckBox({ name, label, checked = false, onChange }: CheckBoxProps) {
  const kept = useKeptValue(name)
  return (
    <label className={styles['check']}>
      <span className={styles['box']}>
        <input
          type="checkbox"
          name={name}
          defaultChecked={typeof kept === 'boolean' ? kept : checked}
          className={styles['input']}
          onChange={(event) => onChange?.(event.currentTarget.checked)}
        />
        <Icon icon={Check} size="small" />
      </span>
      <span>{label}</span>
    </label>
  )
}
