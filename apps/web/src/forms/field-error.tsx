import { CircleAlert } from 'lucide-react'
import { Icon } from '../components/icon.tsx'
import styles from './field-error.module.css'

/** Renders the error of a field. With an icon, because errors are not shown by colour alone. */
export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  if (error === undefined) return null
  return (
    <p id={id} className={styles['error']}>
      <Icon icon={CircleAlert} size="small" />
      <span key={error}>{error}</span>
    </p>
  )
}
