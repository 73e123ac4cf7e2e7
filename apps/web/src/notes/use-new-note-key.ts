import { useLayoutEffect } from 'react'
import { useLocation } from 'wouter'

/** For `aria-keyshortcuts`. A letter alone would disturb speech input (WCAG 2.2, 2.1.4). */
export const newNoteKey = 'Alt+N'

/** Opens a new note on Alt+N, independent of the focus. */
export function useNewNoteKey(): void {
  const [, navigate] = useLocation()
  // Before the page is shown: whoever sees it may press the key.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      // By the position of the key: with Alt some keyboards produce another letter.
      if (event.code !== 'KeyN' || !event.altKey || event.ctrlKey || event.metaKey || event.isComposing)
        return
      // In a text field the letter is typed: on a Mac, Option+N begins the ñ.
      if (isTyping(event) && event.key.toLowerCase() !== 'n') return
      // An open dialog must be answered first, also the log-in on the lock screen.
      if (document.querySelector('dialog[open]') !== null) return
      event.preventDefault()
      navigate('/notes/new')
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [navigate])
}

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.matches('input, textarea')
}
