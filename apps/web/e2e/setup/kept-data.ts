import type { Page } from '@playwright/test'

interface Fiber {
  child: Fiber | null
  sibling: Fiber | null
  memoizedProps: {
    client?: { getQueryCache?: () => { getAll(): { queryKey: unknown; state: unknown }[] } }
  } | null
  stateNode: { current?: Fiber } | null
}

/**
 * Returns what a tab keeps without showing it: the cache of queries, both storages, and the state of the
 * history.
 */
export function keptData(page: Page): Promise<string> {
  return page.evaluate(() => {
    const root = document.getElementById('root')
    const key = Object.keys(root ?? {}).find((name) => name.startsWith('__reactContainer$'))
    if (root === null || key === undefined) throw new Error('React has no root in this page')
    const cacheIn = (fiber: Fiber | null): unknown[] | undefined => {
      if (fiber === null) return undefined
      const client = fiber.memoizedProps?.client
      if (client?.getQueryCache === undefined) return cacheIn(fiber.child) ?? cacheIn(fiber.sibling)
      return client
        .getQueryCache()
        .getAll()
        .map(({ queryKey, state }) => ({ queryKey, state }))
    }
    // Sound for the version that is pinned: what React keeps is no part of its API.
    const first = Reflect.get(root, key) as Fiber
    const queries = cacheIn(first.stateNode?.current ?? first)
    if (queries === undefined) throw new Error('The page has no cache of queries')
    return JSON.stringify([
      queries,
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      history.state,
    ])
  })
}
