import styles from './field.module.css'

interface CheckBoxProps {
  name: string
  label: string
}

export function CheckBox({ name, label }: CheckBoxProps) {
  return (
    <label className={styles['check']}>
      <input type="checkbox" name={name} />
      {label}
    </label>
  )
}
