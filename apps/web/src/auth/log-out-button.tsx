import { Button } from '../components/button.tsx'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { useLogOut } from './use-log-out.ts'

/**
 * Nothing of a person stays in the browser after the log-out: what could not be saved is asked about before.
 */
export function LogOutButton() {
  const { logOut, pending, isLosing, stay } = useLogOut()
  return (
    <>
      <Button look="quiet" pending={pending} onClick={() => void logOut()}>
        Log out
      </Button>
      {isLosing && (
        <ConfirmDialog
          title="Log out without saving?"
          confirmLabel="Log out and lose it"
          pending={pending}
          problem={undefined}
          onConfirm={() => void logOut('unwanted')}
          onClose={stay}
        >
          <p>Something that you wrote could not be saved. It would be lost.</p>
        </ConfirmDialog>
      )}
    </>
  )
}
