import { useKeptValue } from './entry-form-context.ts'
import styles from './field.module.css'

interface CheckBoxProps {
  name: string
  label: string
}

export function CheckBox({ name, label }: CheckBoxProps) {
  const isChecked = useKeptValue(name) === true
  return (
    <label className={styles['check']}>
      <input type="checkbox" name={name} defaultChecked={isChecked} />
      {label}
    </label>
  )
}
