import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { RecoveryCodesSheet } from './recovery-codes-sheet.tsx'

interface SaveCodesDialogProps {
  codes: readonly string[]
  username: string
  onClose: () => void
}

/** Shows new recovery codes. Only its button closes it, because the codes are not shown again. */
export function SaveCodesDialog({ codes, username, onClose }: SaveCodesDialogProps) {
  return (
    <Dialog
      title="Save your recovery codes"
      main={
        <Button look="primary" onClick={onClose}>
          I have saved them
        </Button>
      }
    >
      <p>
        If you lose your other factors, each of these codes lets you in once. They are not shown again: keep
        them where you keep important papers, or in a password manager.
      </p>
      <RecoveryCodesSheet codes={codes} username={username} />
    </Dialog>
  )
}
