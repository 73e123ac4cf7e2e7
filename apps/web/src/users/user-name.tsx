import { roleWords } from '@app/contract'
import type { Self, UserRow } from '@app/contract'
import { Avatar } from '../components/avatar.tsx'
import { Badge } from '../components/badge.tsx'
import { MomentAgo } from '../components/moment.tsx'
import { Untranslated } from '../components/untranslated.tsx'
import styles from './user-name.module.css'

export interface UserCellContext {
  viewer: Self
  user: UserRow
  /** When the list was loaded, in milliseconds since 1970 UTC. */
  now: number
}

/** Renders a user: avatar, name, user name, and the address where the viewer may see it. */
export function UserName({ viewer, user, now }: UserCellContext) {
  // Without a name of their own, users have their user name as name.
  const hasName = user.name !== user.username
  // Below their own name users see what other users do not see.
  const own = viewer.role === 'admin' ? undefined : user.role
  return (
    <div className={styles['user']}>
      <Avatar id={user.id} name={user.name} />
      <div className={styles['names']}>
        <div className={styles['first']}>
          <span translate="no" dir="auto" className={styles['name']}>
            {user.name}
          </span>
          {user.id === viewer.id && <Badge>You</Badge>}
        </div>
        <div className={styles['detail']}>
          {hasName && <Untranslated>{user.username}</Untranslated>}
          {user.email && <Untranslated>{user.email}</Untranslated>}
        </div>
        {own && (
          <div className={styles['detail']}>
            <span>{roleWords[own].name}</span>
            <span>
              Last log-in {user.lastLoginAt ? <MomentAgo at={user.lastLoginAt} now={now} /> : 'never'}
            </span>
          </div>
        )}
      </div>
    </div>
  )
}
