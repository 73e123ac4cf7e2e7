import type { Self, UserRow } from '@app/contract'
import { useLayoutEffect, useRef, useState } from 'react'
import type { Message } from '../api/failure-text.ts'
import { useFlash } from '../components/flash.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import type { WantedLink } from './issue-link-dialog.tsx'
import { ManageMenu } from './manage-menu.tsx'
import { UserCells } from './user-cells.tsx'
import { columnsFor } from './user-columns.tsx'
import styles from './users.module.css'

interface ManagedUserProps {
  viewer: Self
  user: UserRow
  /** When the list was loaded, in milliseconds since 1970 UTC. */
  now: number
  onLink: (link: WantedLink) => void
}

/** Renders a row of the table for admins, with the menu of the admin actions. */
export function ManagedUser({ viewer, user, now, onLink }: ManagedUserProps) {
  const [problem, setProblem] = useState<Message>()
  const [removedMessage, setRemovedMessage] = useState<string>()
  const row = useRef<HTMLTableRowElement>(null)
  const flash = useFlash()

  function onRemoved(message: string) {
    // The list may have another page or search by now, without this row.
    if (row.current === null) flash.show(message, { kind: 'notice' })
    else setRemovedMessage(message)
  }

  const columnCount = columnsFor(viewer).length + 1
  if (removedMessage !== undefined) {
    return <RemovedUser removedMessage={removedMessage} columnCount={columnCount} />
  }
  return (
    <>
      <tr ref={row}>
        <UserCells viewer={viewer} user={user} now={now} />
        <td className={styles['action-cell']}>
          <ManageMenu
            viewer={viewer}
            user={user}
            onProblem={setProblem}
            onLink={(kind) => onLink({ kind, user, onRemoved })}
            onRemoved={onRemoved}
          />
        </td>
      </tr>
      {problem !== undefined && (
        <tr className={styles['problem']}>
          <td colSpan={columnCount}>
            <FormAlert problem={problem} />
          </td>
        </tr>
      )}
    </>
  )
}

/** Replaces the row until the list is reloaded, so that the layout and the focus stay. */
function RemovedUser({ removedMessage, columnCount }: { removedMessage: string; columnCount: number }) {
  const cell = useRef<HTMLTableCellElement>(null)
  // After the closing dialog has returned the focus to a button that no longer exists.
  useLayoutEffect(() => cell.current?.focus(), [])
  return (
    <tr>
      <td ref={cell} colSpan={columnCount} tabIndex={-1} className={styles['removed']}>
        {removedMessage}
      </td>
    </tr>
  )
}
