import { LogInForm } from '../auth/log-in-form.tsx'
import { useForget } from '../auth/use-forget.ts'
import { useEffect, useLayoutEffect } from 'react'

import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { coverTitle } from '../components/document-title.ts'
import { FailedState } from '../components/failed-state.tsx'
import { Untranslated } from '../components/untranslated.tsx'
import { useHasKeptTexts } from '../drafts/kept-texts-context.tsx'
import { coverDocument, showDocument } from '../session/document-cover.ts'
import { useSessionState } from '../session/session-context.ts'
import type { Cover } from '../session/session.ts'
import { useViewer } from '../session/viewer.ts'
import styles from './session-cover.module.css'

/** What stands over the page while it is covered: a word of patience, then the log-in. The page below stays as it was. */
export function SessionCover() {
  const { cover } = useSessionState()
  if (cover === null) return null
  return (
    <div className={cover.locked ? styles['over'] : styles['asking']}>
      <Covering {...cover} />
    </div>
  )
}

function Covering({ why, locked }: Cover) {
  const viewer = useViewer()
  const hasTyped = useHasKeptTexts()
  const title = locked ? 'You have been logged out' : 'One moment'
  useEffect(() => {
    coverTitle(title)
    return () => coverTitle(null)
  }, [title])
  // Undone before the dialog closes, because the focus goes back to something that has to be there to be seen.
  useLayoutEffect(() => {
    coverDocument()
    return showDocument
  }, [])
  return (
    <Dialog title={title}>
      <p role="status">
        {locked
          ? reasonOf(why, hasTyped)
          : 'Looking up who is logged in. Until then this page stays covered.'}
      </p>
      {locked && viewer.data && (
        <>
          <LogInForm
            username={viewer.data.username}
            actions={<Leave />}
            afterRefusal="If you are sure of both, the account may have been disabled or closed: ask an administrator."
          />
          {hasTyped && (
            <p>
              What was typed is kept for <Untranslated>{viewer.data.username}</Untranslated> alone. Leaving
              drops it.
            </p>
          )}
        </>
      )}
      {!locked && viewer.isError && (
        <FailedState
          error={viewer.error}
          retrying={viewer.isFetching}
          onRetry={() => void viewer.refetch()}
        />
      )}
    </Dialog>
  )
}

/** The session may have ended with the account. The page does not say which accounts exist, so it promises no way back. */
function reasonOf(why: Cover['why'], hasTyped: boolean): string {
  if (why === 'logged-out') return 'You were logged out in another tab. Log in to go on where you were.'
  return hasTyped
    ? 'Your session has ended. Log in again; what you typed is kept.'
    : 'Your session has ended. Log in again to continue.'
}

function Leave() {
  const forget = useForget()
  return <Button onClick={() => forget('/')}>Leave this page</Button>
}
