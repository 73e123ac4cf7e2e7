import { roleWords } from '@app/contract'
import type { Self, UserRow } from '@app/contract'
import { Moment } from '../components/moment.tsx'
import { Untranslated } from '../components/untranslated.tsx'
import styles from './users.module.css'

interface UserCellsProps {
  viewer: Self
  user: UserRow
}

/** Renders the cells of a user. `user` has only the columns that the viewer may see. */
export function UserCells({ viewer, user }: UserCellsProps) {
  const isAdministrator = viewer.role === 'admin'
  // Without a name of their own, users have their user name as name, which the row shows already.
  const name = user.name === user.username ? null : user.name
  // Below their own name users see columns that other users do not see.
  const own = isAdministrator ? undefined : user.role
  const isEmpty = name === null && !user.email && own === undefined
  return (
    <>
      <th scope="row">
        <Untranslated>{user.username}</Untranslated>{' '}
        {user.id === viewer.id && <span className={styles['tag']}>You</span>}
        {user.disabled === true && <span className={styles['warning']}>Disabled</span>}
      </th>
      <td data-label={label(name, user.email, own)} className={isEmpty ? styles['nothing'] : undefined}>
        <div>
          {/* A name may be written from right to left. */}
          {name !== null && <bdi translate="no">{name}</bdi>}
          {user.email && (
            <div className={styles['muted']} translate="no">
              {user.email}
            </div>
          )}
          {own && (
            <div className={styles['muted']}>
              {roleWords[own].name}, last log-in <LastLogin at={user.lastLoginAt} />
            </div>
          )}
        </div>
      </td>
      {isAdministrator ? (
        <>
          <td data-label="Last log-in">
            <LastLogin at={user.lastLoginAt} />
          </td>
          <td data-label="Role">{user.role && roleWords[user.role].name}</td>
        </>
      ) : (
        <td data-label="Joined">
          <Moment at={user.createdAt} dayOnly />
        </td>
      )}
    </>
  )
}

/** Returns the label of the cell on a narrow screen, by its first line. */
function label(name: string | null, email: UserRow['email'], own: UserRow['role']): string {
  if (name !== null) return 'Name'
  return own !== undefined && !email ? 'Account' : 'E-mail'
}

function LastLogin({ at }: { at: string | null | undefined }) {
  return at === null || at === undefined ? 'never' : <Moment at={at} dayOnly />
}
