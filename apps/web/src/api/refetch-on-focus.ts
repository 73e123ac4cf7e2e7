import { focusManager } from '@tanstack/react-query'

/** Refetches outdated queries when the tab becomes visible, and when the window gets the focus. */
export function refetchOnFocus(): void {
  focusManager.setEventListener((refetch) => {
    const onFocus = () => refetch()
    window.addEventListener('visibilitychange', onFocus)
    window.addEventListener('focus', onFocus)
    return () => {
      window.removeEventListener('visibilitychange', onFocus)
      window.removeEventListener('focus', onFocus)
    }
  })
}
