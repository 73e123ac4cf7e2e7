import { Check } from 'lucide-react'
import { Icon } from '../components/icon.tsx'
import { useKeptValue } from './entry-form-context.ts'
import styles from './check-box.module.css'

interface CheckBoxProps {
  name: string
  label: string
}

export function CheckBox({ name, label }: CheckBoxProps) {
  const isChecked = useKeptValue(name) === true
  return (
    <label className={styles['check']}>
      <span className={styles['box']}>
        <input type="checkbox" name={name} defaultChecked={isChecked} className={styles['input']} />
        <Icon icon={Check} size="small" />
      </span>
      <span>{label}</span>
    </label>
  )
}
