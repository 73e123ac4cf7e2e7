import type { Page } from '@playwright/test'

interface Fiber {
  child: Fiber | null
  sibling: Fiber | null
  memoizedProps: {
    client?: { getQueryCache?: () => { getAll(): { queryKey: unknown; state: unknown }[] } }
  } | null
  stateNode: { current?: Fiber } | null
}

/** Returns the data that a tab keeps: the query cache, both storages and the history state, as JSON. */
export function clientData(page: Page): Promise<string> {
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
    // Sound for the pinned version: React's internals are not part of its API.
    const first = Reflect.get(root, key) as Fiber
    const queries = cacheIn(first.stateNode?.current ?? first)
    if (queries === undefined) throw new Error('The page has no query cache')
    return JSON.stringify([
      queries,
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      history.state,
    ])
  })
}
