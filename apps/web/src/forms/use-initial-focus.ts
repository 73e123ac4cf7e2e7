import { useEffect } from 'react'
import type { RefObject } from 'react'

/**
 * Focuses a field when it appears. The focus stays where the user has already moved it, except in a dialog,
 * where the browser chose the control.
 */
export function useInitialFocus(field: RefObject<HTMLElement | null>, isWanted: boolean): void {
  useEffect(() => {
    const focused = document.activeElement
    const isFree = focused === null || focused === document.body || focused.closest('dialog') !== null
    if (isWanted && isFree) field.current?.focus({ preventScroll: true })
  }, [field, isWanted])
}
