import { useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { DoneButton } from '../../components/done-button.tsx'
import { confirmLeave } from '../../components/leave-guard.ts'
import { LeaveQuestion } from '../../components/leave-question.tsx'
import { RecoveryCodesSheet } from './recovery-codes-sheet.tsx'

interface SaveCodesDialogProps {
  codes: readonly string[]
  username: string
  onClose: () => void
}

/** Shows new recovery codes, once. */
export function SaveCodesDialog({ codes, username, onClose }: SaveCodesDialogProps) {
  const [isKept, setIsKept] = useState(false)
  return (
    <Dialog
      title="Save your recovery codes"
      onClose={() => confirmLeave(onClose)}
      main={<DoneButton look="primary" onDone={onClose} />}
    >
      <p>
        If you lose your other factors, each of these codes lets you in once. They are not shown again: keep
        them where you keep important papers, or in a password manager.
      </p>
      <RecoveryCodesSheet codes={codes} username={username} onSaved={() => setIsKept(true)} />
      <LeaveQuestion
        isKept={isKept}
        title="Have you saved the codes?"
        confirmLabel="I have saved them"
        confirmLook="primary"
      >
        <p>They are not shown again. Without them, and without your other factors, you cannot get back in.</p>
      </LeaveQuestion>
    </Dialog>
  )
}
