import { useLayoutEffect, useState } from 'react'
import type { ComponentProps, ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { guardLeave } from './leave-guard.ts'
import type { AskToLeave, Leave } from './leave-guard.ts'
import styles from './leave-question.module.css'

interface LeaveQuestionProps {
  /** Whether the user copied or saved it: then nothing is asked. */
  isKept: boolean
  title: string
  /** Default: "Continue". */
  confirmLabel?: string
  /** Default: `final`. */
  confirmLook?: ComponentProps<typeof ConfirmDialog>['confirmLook']
  /** What is lost without a copy. It names no user, because it is also shown over the lock screen. */
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
  const [asked, setAsked] = useState<{ leave: Leave; count: number } | null>(null)
  const [isLeaving, setIsLeaving] = useState(false)
  useLayoutEffect(() => {
    if (isKept || isLeaving) return
    const ask: AskToLeave = (leave, url, options) => {
      // The app itself, not the user, replaces a page.
      if (options?.replace === true || isSamePage(url)) return false
      setAsked((last) => ({ leave, count: (last?.count ?? 0) + 1 }))
      return true
    }
    guardLeave(ask)
    const stop = new AbortController()
    watchBrowser(ask, stop.signal)
    return () => {
      guardLeave(null)
      stop.abort()
    }
  }, [isKept, isLeaving])

  async function confirm(leave: Leave) {
    // The question closes first: a dialog below it can return the focus only then.
    flushSync(() => {
      setAsked(null)
      setIsLeaving(true)
    })
    try {
      await leave()
    } finally {
      // Still mounted if that failed, as a log-out without a connection.
      setIsLeaving(false)
    }
  }

  if (asked === null) return null
  return (
    <div className={styles['question']}>
      <ConfirmDialog
        // A new dialog for every question: the lock screen may have covered the former one.
        key={asked.count}
        title={title}
        confirmLabel={confirmLabel}
        confirmLook={confirmLook}
        pending={false}
        problem={undefined}
        onConfirm={() => void confirm(asked.leave)}
        onClose={() => setAsked(null)}
      >
        {children}
      </ConfirmDialog>
    </div>
  )
}

/** Returns whether the URL keeps what is shown: a page of the list, or the link to the content. */
function isSamePage(url: string | undefined): boolean {
  const { href, pathname } = window.location
  return url !== undefined && new URL(url, href).pathname === pathname
}

/** Asks before Back and Forward, a reload and the end of the tab. */
function watchBrowser(ask: AskToLeave, signal: AbortSignal): void {
  window.addEventListener('beforeunload', askOnUnload, { signal })
  // Without this API, in older browsers, Back and Forward leave the page without a question.
  if (!('navigation' in window)) return
  window.navigation.addEventListener('navigate', (event) => askOnTraverse(event, ask), { signal })
}

function askOnUnload(event: BeforeUnloadEvent): void {
  // Chrome before 119 ignores `preventDefault`.
  event.returnValue = true
}

function askOnTraverse(event: NavigateEvent, ask: AskToLeave): void {
  const { navigationType, cancelable, destination } = event
  // `confirmNavigation` asks before a link, and `beforeunload` before another document.
  if (navigationType !== 'traverse' || !destination.sameDocument || !cancelable) return
  const leave = () => {
    const { committed, finished } = window.navigation.traverseTo(destination.key)
    // They reject if another navigation replaces this one.
    return Promise.allSettled([committed, finished])
  }
  if (ask(leave, destination.url)) event.preventDefault()
}
