import type { Self, UserRow } from '@app/contract'
import { useId, useLayoutEffect, useRef, useState } from 'react'
import { Button } from '../components/button.tsx'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { ManageUser } from './manage-user.tsx'
import { UserCells } from './user-cells.tsx'
import styles from './users.module.css'

const columns = 5

interface ManagedUserProps {
  viewer: Self
  user: UserRow
}

/** Renders a row of the table for administrators. The admin actions expand below it. */
export function ManagedUser({ viewer, user }: ManagedUserProps) {
  const [managing, setManaging] = useState(false)
  const [removedMessage, setRemovedMessage] = useState<string>()
  const manageId = useId()
  if (removedMessage !== undefined) return <RemovedUser removedMessage={removedMessage} />
  return (
    <>
      <tr>
        <UserCells viewer={viewer} user={user} />
        <td className={styles['action-cell']}>
          <Button
            look="quiet"
            aria-expanded={managing}
            aria-controls={managing ? manageId : undefined}
            onClick={() => setManaging(!managing)}
          >
            Manage<VisuallyHidden> {user.username}</VisuallyHidden>
          </Button>
        </td>
      </tr>
      {managing && (
        <tr id={manageId} className={styles['expanded']}>
          <td colSpan={columns}>
            <ManageUser viewer={viewer} user={user} onRemoved={setRemovedMessage} />
          </td>
        </tr>
      )}
    </>
  )
}

/** Replaces the row until the list is reloaded, so that the layout and the focus stay. */
function RemovedUser({ removedMessage }: { removedMessage: string }) {
  const cell = useRef<HTMLTableCellElement>(null)
  // After the closing dialog has returned the focus to a button that no longer exists.
  useLayoutEffect(() => cell.current?.focus(), [])
  return (
    <tr>
      <td ref={cell} colSpan={columns} tabIndex={-1} className={styles['removed']}>
        {removedMessage}
      </td>
    </tr>
  )
}
