import { useEffect, useLayoutEffect, useState } from 'react'
import { LogInForm } from '../auth/log-in-form.tsx'
import { useClearTab } from '../auth/use-clear-tab.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { overrideTitle } from '../components/document-title.ts'
import { FailedState } from '../components/failed-state.tsx'
import { confirmLeave } from '../components/leave-guard.ts'
import { Untranslated } from '../components/untranslated.tsx'
import { useHasKeptTexts } from '../drafts/kept-texts-context.tsx'
import { hideDocument, showDocument } from '../session/hide-document.ts'
import { useSessionState } from '../session/session-context.ts'
import type { LockReason, LockScreen as LockScreenState } from '../session/session.ts'
import { useViewer } from '../session/viewer.ts'
import styles from './lock-screen.module.css'

/**
 * Covers the page while the session is unconfirmed (with a notice) or over (with the log-in form). The page
 * below stays mounted.
 */
export function LockScreen() {
  const { lockScreen } = useSessionState()
  if (lockScreen === null) return null
  return (
    <div className={styles[lockScreen.status]}>
      <LockDialog {...lockScreen} />
    </div>
  )
}

function LockDialog({ reason, status }: LockScreenState) {
  const viewer = useViewer()
  const hasTyped = useHasKeptTexts()
  const isLocked = status === 'locked'
  const [stepTitle, setStepTitle] = useState<string>()
  const title = isLocked ? (stepTitle ?? 'You have been logged out') : 'One moment'
  useEffect(() => {
    overrideTitle(title)
    return () => overrideTitle(null)
  }, [title])
  // Shows the page before the dialog closes, because the dialog returns the focus to a visible element only.
  useLayoutEffect(() => {
    hideDocument()
    return showDocument
  }, [])
  return (
    <Dialog title={title}>
      <p role="status">
        {isLocked ? lockText(reason, hasTyped) : 'Checking who is logged in. The page is locked until then.'}
      </p>
      {isLocked && viewer.data && (
        <>
          <LogInForm
            username={viewer.data.username}
            onStepTitle={setStepTitle}
            actions={<Leave />}
            afterRefusal="If you are sure of both, the account may have been disabled or closed: ask an admin."
          />
          {hasTyped && (
            <p>
              Your text is kept for <Untranslated>{viewer.data.username}</Untranslated> only. If you leave, it
              is discarded.
            </p>
          )}
        </>
      )}
      {!isLocked && viewer.isError && (
        <FailedState
          error={viewer.error}
          retrying={viewer.isFetching}
          onRetry={() => void viewer.refetch()}
        />
      )}
    </Dialog>
  )
}

/** Returns the notice. It does not reveal whether the account still exists. */
function lockText(reason: LockReason, hasTyped: boolean): string {
  if (reason === 'logged-out') return 'You were logged out in another tab. Log in to continue where you were.'
  return hasTyped
    ? 'Your session has ended. Log in again; your text is kept.'
    : 'Your session has ended. Log in again to continue.'
}

function Leave() {
  const clearTab = useClearTab()
  return <Button onClick={() => confirmLeave(() => clearTab('/'))}>Leave this page</Button>
}
