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

/** A row for an administrator; what can be done to the account unfolds below it. */
export function ManagedUser({ viewer, user }: ManagedUserProps) {
  const [managing, setManaging] = useState(false)
  const [epitaph, setEpitaph] = useState<string>()
  const manageId = useId()
  if (epitaph !== undefined) return <GoneUser epitaph={epitaph} />
  return (
    <>
      <tr>
        <UserCells viewer={viewer} user={user} />
        <td className={styles['act']}>
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
        <tr id={manageId} className={styles['unfolded']}>
          <td colSpan={columns}>
            <ManageUser viewer={viewer} user={user} onGone={setEpitaph} />
          </td>
        </tr>
      )}
    </>
  )
}

/** Stands where the row stood, so that nothing jumps and the focus has a place, until the list is asked for again. */
function GoneUser({ epitaph }: { epitaph: string }) {
  const cell = useRef<HTMLTableCellElement>(null)
  // After the dialog that was open has given the focus back to a button that is gone.
  useLayoutEffect(() => cell.current?.focus(), [])
  return (
    <tr>
      <td ref={cell} colSpan={columns} tabIndex={-1} className={styles['gone']}>
        {epitaph}
      </td>
    </tr>
  )
}
