import { createContext, useCallback, useContext, useRef } from 'react'

/** Whether a page replaced another one in this document. Each page passes an object of its own. */
type IsNavigation = (page: object) => boolean

const IsNavigationContext = createContext<IsNavigation>(() => false)

export const IsNavigationProvider = IsNavigationContext.Provider

export function useIsNavigation(): IsNavigation {
  return useContext(IsNavigationContext)
}

/** Remembers the first page of the document. Used above all pages, for `IsNavigationProvider`. */
export function useNavigationTracker(): IsNavigation {
  const first = useRef<object>(null)
  return useCallback((page) => {
    first.current ??= page
    return first.current !== page
  }, [])
}
