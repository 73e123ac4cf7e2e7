import { useEffect } from 'react'
import { useLocation } from 'wouter'

/** For `aria-keyshortcuts`. A letter alone would disturb speech input (WCAG 2.2, 2.1.4). */
export const newNoteKey = 'Alt+N'

/** Alt and N begin a new note, wherever on the page the focus is. */
export function useNewNoteKey(): void {
  const [, navigate] = useLocation()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // By the place of the key: with Alt some keyboards write another letter.
      if (event.code !== 'KeyN' || !event.altKey || event.ctrlKey || event.metaKey || event.isComposing)
        return
      // While a user types, the letter is wanted: on a Mac, Option and N begin the ñ.
      if (isTyping(event) && event.key.toLowerCase() !== 'n') return
      // What a dialog asks comes first, and the log-in over a page leads nowhere else.
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
