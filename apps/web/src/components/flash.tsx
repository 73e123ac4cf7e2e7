import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { createContext, use, useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { Message } from '../api/failure-text.ts'
import { Icon } from './icon.tsx'
import { MessageText } from './message-text.tsx'
import { placeMessage } from './place-message.ts'
import styles from './flash.module.css'

/** What the icon says: an action succeeded, something is good to know, or something failed. */
type FlashKind = 'done' | 'notice' | 'problem'

const icons = { done: CircleCheck, notice: Info, problem: CircleAlert } as const

interface Flash {
  text: Message
  kind: FlashKind
  /** The page of the message. It disappears when the user opens another page. */
  path: string
}

interface FlashOptions {
  /** Default: `done`. */
  kind?: FlashKind
  /** The path of the page that is about to be opened. Default: the current page. */
  path?: string
}

interface FlashControl {
  flash: Flash | null
  show: (text: Message, options?: FlashOptions) => void
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
  const show = useCallback((text: Message, { kind = 'done', path: at }: FlashOptions = {}) => {
    setFlash({ text, kind, path: at ?? window.location.pathname })
  }, [])
  const dismiss = useCallback(() => setFlash(null), [])
  return <FlashContext value={{ flash, show, dismiss }}>{children}</FlashContext>
}

/**
 * Renders the message over the page until the user dismisses it or opens another page (WCAG 2.2, 2.2.1). A
 * message that comes with or after a modal dialog is at the top of the dialog, until that closes. The live
 * region exists at all times. It is empty when a new message moves it, and the text follows a frame later:
 * screen readers do not announce a region that is added together with its text.
 */
export function FlashMessage() {
  const { flash, dismiss } = use(FlashContext)
  const [placed, setPlaced] = useState<Flash | null>(null)
  if (flash === null && placed !== null) setPlaced(null)
  const region = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (flash === null) return
    placeMessage()
    const frame = requestAnimationFrame(() => setPlaced(flash))
    return () => cancelAnimationFrame(frame)
  }, [flash])
  useLayoutEffect(() => {
    const element = region.current
    if (placed === null || element === null) return
    const dialog = element.closest('dialog')
    if (dialog) dialog.scrollTop = 0
    else uncoverFocus(element)
  }, [placed])
  function close() {
    dismiss()
    // The button disappears with its message: the focus stays near it, and nothing scrolls.
    const near = region.current?.closest('dialog') ?? document.getElementById('main')
    if (near === null) return
    near.tabIndex = -1
    near.focus({ preventScroll: true })
  }
  return (
    <div data-message-place className={styles['page']}>
      <div ref={region} data-message className={styles['region']}>
        {placed && (
          <span key={placed.kind} className={`${styles['icon']} ${styles[placed.kind]}`}>
            <Icon icon={icons[placed.kind]} />
          </span>
        )}
        <div role="status" className={styles['text']}>
          {placed && placed === flash && (
            // Removed before the next message, so that screen readers announce the same sentence again.
            <p className={styles['message']}>
              <MessageText message={placed.text} />
            </p>
          )}
        </div>
        {placed && (
          // It stays while the next message replaces the text, because it may have the focus.
          <button type="button" className={styles['dismiss']} onClick={close} aria-label="Dismiss message">
            <Icon icon={X} size="small" />
          </button>
        )}
      </div>
    </div>
  )
}

/** Scrolls as far as necessary if the message covers the focused control (WCAG 2.2, 2.4.11). */
function uncoverFocus(region: HTMLElement) {
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement) || focused.tabIndex < 0) return
  if (getComputedStyle(region).position !== 'fixed') return
  const control = focused.getBoundingClientRect()
  // Without the animation, which moves the rectangle.
  const { offsetTop: top, offsetLeft: left, offsetWidth: width } = region
  if (control.bottom <= top || control.right <= left || control.left >= left + width) return
  window.scrollBy({ top: control.bottom - top + 8, behavior: 'instant' })
}
