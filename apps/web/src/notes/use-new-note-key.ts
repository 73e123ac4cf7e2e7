import { useEffect } from 'react'
import { useLocation } from 'wouter'

/** For `aria-keyshortcuts` of what does the same by pointer. A letter alone would get in the way of speech input (WCAG 2.2, 2.1.4). */
export const newNoteKey = 'Alt+N'

/** Alt and N begin a new note, wherever on the page the focus is. */
export function useNewNoteKey(): void {
  const [, navigate] = useLocation()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // By the place of the key: with Alt some keyboards write another letter.
      if (event.code !== 'KeyN' || !event.altKey || event.ctrlKey || event.metaKey || event.isComposing)
        return
      event.preventDefault()
      navigate('/notes/new')
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [navigate])
}
