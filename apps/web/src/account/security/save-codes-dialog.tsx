import { useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { DoneButton } from '../../components/done-button.tsx'
import { RecoveryCodesSheet } from './recovery-codes-sheet.tsx'

interface SaveCodesDialogProps {
  codes: readonly string[]
  username: string
  onClose: () => void
}

/** Shows new recovery codes, once. Escape does not close it before they are saved, and "Done" asks. */
export function SaveCodesDialog({ codes, username, onClose }: SaveCodesDialogProps) {
  const [isKept, setIsKept] = useState(false)
  return (
    <Dialog
      title="Save your recovery codes"
      {...(isKept && { onClose })}
      main={
        <DoneButton
          look="primary"
          isKept={isKept}
          question="Have you saved the codes?"
          confirmLabel="I have saved them"
          confirmLook="primary"
          onDone={onClose}
        >
          <p>
            They are not shown again. Without them, and without your other factors, you cannot get back in.
          </p>
        </DoneButton>
      }
    >
      <p>
        If you lose your other factors, each of these codes lets you in once. They are not shown again: keep
        them where you keep important papers, or in a password manager.
      </p>
      <RecoveryCodesSheet codes={codes} username={username} onSaved={() => setIsKept(true)} />
    </Dialog>
  )
}
