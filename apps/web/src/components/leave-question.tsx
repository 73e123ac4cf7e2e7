import { useLayoutEffect, useState } from 'react'
import type { ComponentProps, ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { navigate } from 'wouter/use-browser-location'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { askToLeave, guardLeave } from './leave-guard.ts'
import styles from './leave-question.module.css'

interface LeaveQuestionProps {
  /** Whether the user copied or saved it: then nothing is asked. */
  isKept: boolean
  title: string
  /** Default: "Continue". */
  confirmLabel?: string
  /** Default: `final`. */
  confirmLook?: ComponentProps<typeof ConfirmDialog>['confirmLook']
  /** What is lost without a copy. */
  children: ReactNode
}

/**
 * Asks before something that is shown once, such as a new access token, is lost: by `confirmLeave`, a link,
 * Back or Forward. The browser asks before a reload and the end of the tab. Render it with what is shown.
 */
export function LeaveQuestion({
  isKept,
  title,
  confirmLabel = 'Continue',
  confirmLook = 'final',
  children,
}: LeaveQuestionProps) {
  const [asked, setAsked] = useState<{ leave: () => void } | null>(null)
  useLayoutEffect(() => {
    if (isKept) return
    guardLeave((leave) => setAsked({ leave }))
    const stop = new AbortController()
    watchBrowser(stop.signal)
    return () => {
      guardLeave(null)
      stop.abort()
    }
  }, [isKept])

  function confirm(leave: () => void) {
    // The question closes first: a dialog below it can return the focus only then.
    flushSync(() => setAsked(null))
    guardLeave(null)
    leave()
  }

  if (asked === null) return null
  return (
    <div className={styles['question']}>
      <ConfirmDialog
        title={title}
        confirmLabel={confirmLabel}
        confirmLook={confirmLook}
        pending={false}
        problem={undefined}
        onConfirm={() => confirm(asked.leave)}
        onClose={() => setAsked(null)}
      >
        {children}
      </ConfirmDialog>
    </div>
  )
}

/** Asks before another page, a reload and the end of the tab. */
function watchBrowser(signal: AbortSignal): void {
  window.addEventListener('beforeunload', (event) => event.preventDefault(), { signal })
  // Without this API, in older browsers, a link and Back leave the page without a question.
  if ('navigation' in window) window.navigation.addEventListener('navigate', askOnNavigate, { signal })
}

function askOnNavigate(event: NavigateEvent): void {
  const { navigationType, cancelable, destination } = event
  // The app itself, not the user, replaces a page. `beforeunload` asks before another document.
  if (navigationType === 'replace' || !destination.sameDocument || !cancelable) return
  // A page of the list and the link to the content keep what is shown.
  if (new URL(destination.url).pathname === window.location.pathname) return
  const { index = 0 } = window.navigation.currentEntry ?? {}
  const leave = () => {
    if (navigationType === 'traverse') history.go(destination.index - index)
    else navigate(destination.url)
  }
  if (askToLeave(leave)) event.preventDefault()
}
