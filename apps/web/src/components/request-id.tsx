import styles from './state.module.css'

/** Shows the request id, which the operator finds in the server's log. */
export function RequestId({ id }: { id: string | null }) {
  if (id === null) return null
  return (
    <p className={styles['quiet']}>
      Request id: <code translate="no">{id}</code>
    </p>
  )
}
