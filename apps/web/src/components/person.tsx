import type { ReactNode } from 'react'
import { Avatar } from './avatar.tsx'
import styles from './person.module.css'

interface PersonProps {
  user: { id: string; name: string; username: string }
  /** Default: normal. */
  size?: 'normal' | 'large'
  /** Shown after the names. */
  badge?: ReactNode
}

/** Renders a user as other users see them: avatar, name, and user name if it differs from the name. */
export function Person({ user, size = 'normal', badge }: PersonProps) {
  return (
    <div className={`${styles['person']} ${styles[size]}`}>
      <Avatar name={user.name} id={user.id} size={size} />
      <div className={styles['names']}>
        <p className={styles['name']} translate="no" dir="auto">
          {user.name}
        </p>
        {user.name !== user.username && (
          <p className={styles['username']} translate="no">
            {user.username}
          </p>
        )}
      </div>
      {badge}
    </div>
  )
}
