import { createContext, useCallback, useContext, useEffect, useRef } from 'react'
import { useLocation } from 'wouter'

const HistoryMovedContext = createContext<() => boolean>(() => false)

export const HistoryMovedProvider = HistoryMovedContext.Provider

/** Tells whether the page on screen was reached by a navigation within the app, not by loading the document. */
export function useHistoryMoved(): () => boolean {
  return useContext(HistoryMovedContext)
}

/** Watches the location from above all pages; the answer is for `HistoryMovedProvider`. */
export function useHistoryWatch(): () => boolean {
  const [path] = useLocation()
  const first = useRef(path)
  const moved = useRef(false)
  useEffect(() => {
    if (path !== first.current) moved.current = true
  }, [path])
  // Pages ask in their own effects, which run before the one above: the first move is seen by the path itself.
  return useCallback(() => moved.current || window.location.pathname !== first.current, [])
}
