import type { Self, UserRow } from '@app/contract'
import { ManagedUser } from './managed-user.tsx'
import { UserCells } from './user-cells.tsx'
import styles from './users.module.css'

interface UserTableProps {
  viewer: Self
  users: UserRow[]
  refreshing: boolean
}

/** Renders the table of users. On a narrow screen each row becomes a block (see the style sheet). */
export function UserTable({ viewer, users, refreshing }: UserTableProps) {
  const isAdministrator = viewer.role === 'admin'
  return (
    <table className={styles['table']} aria-label="Users" aria-busy={refreshing}>
      <thead>
        <tr>
          <th scope="col">User name</th>
          {isAdministrator ? (
            <>
              <th scope="col">Name and e-mail</th>
              <th scope="col" className={styles['short']}>
                Last log-in
              </th>
              <th scope="col" className={styles['short']}>
                Role
              </th>
              <th scope="col" className={styles['short']}>
                Account
              </th>
            </>
          ) : (
            <>
              <th scope="col">Name</th>
              <th scope="col" className={styles['short']}>
                Joined
              </th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {users.map((user) =>
          isAdministrator ? (
            <ManagedUser key={user.id} viewer={viewer} user={user} />
          ) : (
            <tr key={user.id}>
              <UserCells viewer={viewer} user={user} />
            </tr>
          ),
        )}
      </tbody>
    </table>
  )
}
