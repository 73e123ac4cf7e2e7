import type { Self, UserRow } from '@latchkey/contract'

import { Moment } from '../components/moment.tsx'
import { RoleCell } from './role-cell.tsx'
import styles from './users.module.css'

interface UserTableProps {
  viewer: Self
  users: UserRow[]
  refreshing: boolean
}

/** On a narrow screen each row becomes a block of its own, see the style sheet. */
export function UserTable({ viewer, users, refreshing }: UserTableProps) {
  const detailed = viewer.role === 'admin'
  return (
    <table className={styles['table']} aria-label="Users" aria-busy={refreshing}>
      <thead>
        <tr>
          <th scope="col">User name</th>
          <th scope="col">{detailed ? 'Name and e-mail' : 'Name'}</th>
          <th scope="col" className={styles['day']}>
            Joined
          </th>
          {detailed && (
            <>
              <th scope="col" className={styles['day']}>
                Last log-in
              </th>
              <th scope="col">Role</th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <tr key={user.id}>
            <th scope="row">
              {user.username}
              {user.id === viewer.id && <span className={styles['tag']}>You</span>}
              {user.disabled === true && <span className={styles['tag']}>Disabled</span>}
            </th>
            <td data-label="Name">
              <div>
                {user.name}
                {user.email && <div className={styles['soft']}>{user.email}</div>}
              </div>
            </td>
            <td data-label="Joined">
              <Moment at={user.createdAt} dayOnly />
            </td>
            {detailed && (
              <>
                <td data-label="Last log-in">
                  <LastLogin at={user.lastLoginAt} />
                </td>
                <td data-label="Role">
                  <RoleCell viewer={viewer} user={user} />
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function LastLogin({ at }: { at: string | null | undefined }) {
  return at === null || at === undefined ? 'never' : <Moment at={at} dayOnly />
}
