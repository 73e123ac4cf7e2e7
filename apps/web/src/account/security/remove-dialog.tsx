import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Message } from '../../api/failure-text.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { CheckBox } from '../../forms/check-box.tsx'

interface RemoveDialogProps {
  title: string
  confirmLabel: string
  pending: boolean
  problem: Message | undefined
  onConfirm: (choice: { endOtherSessions: boolean }) => void
  onClose: () => void
  /** What changes for the user. */
  children: ReactNode
}

/**
 * Asks before a second factor or linked account is removed. By default all other sessions end, as one may be
 * an attacker's.
 */
export function RemoveDialog({ onConfirm, children, ...dialog }: RemoveDialogProps) {
  const [endOtherSessions, setEndOtherSessions] = useState(true)
  return (
    <ConfirmDialog {...dialog} onConfirm={() => onConfirm({ endOtherSessions })}>
      {children}
      <CheckBox
        name="endOtherSessions"
        label="End all other sessions"
        checked
        onChange={setEndOtherSessions}
      />
    </ConfirmDialog>
  )
}
