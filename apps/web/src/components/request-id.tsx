import styles from './state.module.css'

/** The id that a user can quote to the operator, who finds it in the server's log. */
export function RequestId({ id }: { id: string | null }) {
  if (id === null) return null
  return (
    <p className={styles['quiet']}>
      Request id: <code translate="no">{id}</code>
    </p>
  )
}
