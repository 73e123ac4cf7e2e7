import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import type { LogOut } from './use-log-out.ts'

/** Asks before a log-out that would lose unsaved text: it removes all data of the user from the browser. */
export function LogOutConfirmation({ logOut, pending, wouldLoseText, cancel }: LogOut) {
  if (!wouldLoseText) return null
  return (
    <ConfirmDialog
      title="Log out without saving?"
      confirmLabel="Log out and discard"
      pending={pending}
      problem={undefined}
      onConfirm={() => void logOut({ discardUnsaved: true })}
      onClose={cancel}
    >
      <p>Some of your text could not be saved and would be lost.</p>
    </ConfirmDialog>
  )
}
