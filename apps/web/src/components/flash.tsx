import { createContext, use, useCallback, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { Message } from '../api/failure-text.ts'
import { MessageText } from './message-text.tsx'
import styles from './flash.module.css'

interface Flash {
  text: Message
  /** Distinguishes messages with the same text. */
  count: number
  /** The page of the message. It disappears when the user opens another page. */
  path: string
}

interface FlashControl {
  flash: Flash | null
  /** Shows a message on the current page, or on the one at `path` that is about to be opened. */
  show: (text: Message, path?: string) => void
  dismiss: () => void
}

const FlashContext = createContext<FlashControl>({ flash: null, show: () => {}, dismiss: () => {} })

export function useFlash(): Pick<FlashControl, 'show' | 'dismiss'> {
  return use(FlashContext)
}

export function FlashProvider({ children }: { children: ReactNode }) {
  const [flash, setFlash] = useState<Flash | null>(null)
  const [path] = useLocation()
  const [shownAt, setShownAt] = useState(path)
  if (shownAt !== path) {
    setShownAt(path)
    if (flash?.path !== path) setFlash(null)
  }
  const shown = useRef(0)
  const show = useCallback((text: Message, at = window.location.pathname) => {
    shown.current += 1
    setFlash({ text, path: at, count: shown.current })
  }, [])
  const dismiss = useCallback(() => setFlash(null), [])
  return <FlashContext value={{ flash, show, dismiss }}>{children}</FlashContext>
}

/** Renders the live region at all times: a region that is added together with its text is not announced. */
export function FlashMessage() {
  const { flash, dismiss } = use(FlashContext)
  function close() {
    dismiss()
    // The button disappears with its message: the focus stays near it, and nothing scrolls.
    document.getElementById('main')?.focus({ preventScroll: true })
  }
  return (
    <div className={styles['region']}>
      <div className={styles['bar']}>
        <div role="status">
          {flash && (
            // A new element for every message, so that screen readers announce the same sentence again.
            <p key={flash.count} className={styles['message']}>
              <MessageText message={flash.text} />
            </p>
          )}
        </div>
        {flash && (
          <button type="button" className={styles['dismiss']} onClick={close} aria-label="Dismiss message">
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="M4 4l8 8M12 4l-8 8" />
            </svg>
          </button>
        )}
      </div>
    </div>
  )
}
