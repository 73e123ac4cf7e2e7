import { createContext, useCallback, useContext, useRef } from 'react'

type PageTurn = (page: object) => boolean

const PageTurnContext = createContext<PageTurn>(() => false)

export const PageTurnProvider = PageTurnContext.Provider

/**
 * Whether a page has come in the place of another one, at another address or at the same: only the first of a document has not. Each
 * page asks with an object of its own.
 */
export function usePageTurn(): PageTurn {
  return useContext(PageTurnContext)
}

/** Knows the first page, from above all of them; the answer is for `PageTurnProvider`. */
export function useFirstPage(): PageTurn {
  const first = useRef<object>(null)
  return useCallback((page) => {
    first.current ??= page
    return first.current !== page
  }, [])
}
