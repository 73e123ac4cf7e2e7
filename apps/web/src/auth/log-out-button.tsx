import { Button } from '../components/button.tsx'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { useLogOut } from './use-log-out.ts'

/**
 * Logs out, after a confirmation if unsaved text would be lost: a log-out removes all data of the user from
 * the browser.
 */
export function LogOutButton() {
  const { logOut, pending, wouldLoseText, cancel } = useLogOut()
  return (
    <>
      <Button look="quiet" pending={pending} onClick={() => void logOut()}>
        Log out
      </Button>
      {wouldLoseText && (
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
      )}
    </>
  )
}
