import { createElement, useEffect, useState } from 'react'
import type { ComponentType } from 'react'
import { Skeleton } from '../components/skeleton.tsx'

/**
 * The code of a page did not arrive: the server is away, or has been replaced by another version meanwhile.
 */
export class PageNotLoaded extends Error {
  override readonly name = 'PageNotLoaded'
  /** Whether the server answers all the same: then it is the code that is gone. */
  readonly isReachable: boolean

  constructor(cause: unknown, isReachable: boolean) {
    super('The code of this page did not arrive.', { cause })
    this.isReachable = isReachable
  }
}

export type LoadedPage = ComponentType & {
  /**
   * Fetches the code before the page is opened; then it opens without a gap. What does not arrive is fetched
   * again later.
   */
  preload: () => Promise<void>
}

/**
 * A page whose code is loaded when it is first opened, or shortly before. Without Suspense: React would keep
 * what stands in for the page for 300 ms, although its code arrives within a few.
 */
export function loadPage(load: () => Promise<ComponentType>): LoadedPage {
  let ready: ComponentType | undefined
  async function arrive(): Promise<ComponentType> {
    try {
      return (ready = await load())
    } catch (cause) {
      throw new PageNotLoaded(cause, await isServerReachable())
    }
  }
  function Page() {
    // Decided once: code that a preload brings while the page is on screen does not begin it anew.
    const [arriving] = useState(() => (ready === undefined ? arrive() : undefined))
    const [Now, setNow] = useState(() => ready)
    const [failure, setFailure] = useState<PageNotLoaded>()
    useEffect(() => {
      let isLeft = false
      arriving?.then(
        (page) => isLeft || setNow(() => page),
        (error: PageNotLoaded) => isLeft || setFailure(error),
      )
      return () => {
        isLeft = true
      }
    }, [arriving])
    if (failure !== undefined) throw failure
    return Now === undefined ? createElement(Skeleton, { label: 'Loading', blocks: 1 }) : createElement(Now)
  }
  function preload(): Promise<void> {
    return load().then(
      (page) => void (ready = page),
      () => undefined,
    )
  }
  return Object.assign(Page, { preload })
}

/** The browser does not tell why an import failed. */
function isServerReachable(): Promise<boolean> {
  return fetch('/livez', { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
}
