import type { Self, UserRow } from '@app/contract'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import type { WantedLink } from './issue-link-dialog.tsx'
import { ManagedUser } from './managed-user.tsx'
import { UserCells } from './user-cells.tsx'
import { columnsFor } from './user-columns.tsx'
import styles from './users.module.css'

interface UserTableProps {
  viewer: Self
  users: UserRow[]
  refreshing: boolean
  /** When the list was loaded, in milliseconds since 1970 UTC. */
  now: number
  onLink: (link: WantedLink) => void
}

/** Renders the table of users. On a narrow screen each row becomes a block (see the style sheet). */
export function UserTable({ viewer, users, refreshing, now, onLink }: UserTableProps) {
  const isAdmin = viewer.role === 'admin'
  return (
    <table className={styles['table']} aria-label="Users" aria-busy={refreshing}>
      <thead>
        <tr>
          {columnsFor(viewer).map(({ key, heading, short }) => (
            <th key={key} scope="col" className={short && styles['short']}>
              {heading}
            </th>
          ))}
          {isAdmin && (
            <th scope="col" className={styles['action-cell']}>
              <VisuallyHidden>Actions</VisuallyHidden>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {users.map((user) =>
          isAdmin ? (
            <ManagedUser key={user.id} viewer={viewer} user={user} now={now} onLink={onLink} />
          ) : (
            <tr key={user.id}>
              <UserCells viewer={viewer} user={user} now={now} />
            </tr>
          ),
        )}
      </tbody>
    </table>
  )
}
