import type { Self } from '@app/contract'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useApi } from '../api/api.ts'
import { useConfirmedAction } from '../auth/use-confirmed-action.ts'
import { Button } from '../components/button.tsx'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { useFlash } from '../components/flash.tsx'
import { focusHeading } from '../components/focus-heading.ts'
import { useSession } from '../session/session-context.ts'

/** Removes the email of the viewer, also one that is not confirmed yet. */
export function RemoveEmail({ viewer }: { viewer: Self }) {
  const { client } = useApi()
  const flash = useFlash()
  const session = useSession()
  const [asking, setAsking] = useState(false)
  const { pending, problem, setProblem, run } = useConfirmedAction()

  async function remove() {
    const viewerAfter = await run(() => client.email.remove.mutate({}))
    if (viewerAfter === undefined) return
    // The closing dialog returns the focus to its button, which is removed.
    flushSync(() => setAsking(false))
    session.update(viewerAfter)
    focusHeading()
    flash.show('Email removed.')
  }

  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        Remove email
      </Button>
      {asking && (
        <ConfirmDialog
          title="Remove your email?"
          confirmLabel="Remove email"
          pending={pending}
          problem={problem}
          onConfirm={() => void remove()}
          onClose={() => {
            setAsking(false)
            setProblem(undefined)
          }}
        >
          <p>
            {viewer.emailVerified
              ? 'You can no longer log in with it or get a new password by mail. A last mail tells you that it was removed.'
              : 'The link that was mailed to it stops working.'}
          </p>
        </ConfirmDialog>
      )}
    </>
  )
}
