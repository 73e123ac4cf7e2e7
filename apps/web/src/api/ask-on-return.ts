import { focusManager } from '@tanstack/react-query'

/** Queries are asked again when the person comes back: to a tab that was out of sight, or from a window beside this one. */
export function askOnReturn(): void {
  focusManager.setEventListener((ask) => {
    const back = () => ask()
    window.addEventListener('visibilitychange', back)
    window.addEventListener('focus', back)
    return () => {
      window.removeEventListener('visibilitychange', back)
      window.removeEventListener('focus', back)
    }
  })
}
