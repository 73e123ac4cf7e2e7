import type { Self } from '@app/contract'
import { Avatar } from '../components/avatar.tsx'
import styles from './account-facts.module.css'

/** Shows the viewer as other users see them. */
export function AccountPerson({ viewer }: { viewer: Self }) {
  return (
    <div className={styles['person']}>
      <Avatar name={viewer.name} id={viewer.id} size="large" />
      <div className={styles['names']}>
        <p className={styles['name']} translate="no" dir="auto">
          {viewer.name}
        </p>
        <p className={styles['username']} translate="no">
          {viewer.username}
        </p>
      </div>
    </div>
  )
}
