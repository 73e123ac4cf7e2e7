import { createElement, useEffect, useState } from 'react'
import type { ComponentType, ReactNode } from 'react'
import { Skeleton } from './skeleton.tsx'

/** The code of a page failed to load: the server is down, or runs another version by now. */
export class PageNotLoaded extends Error {
  override readonly name = 'PageNotLoaded'
  /** Whether the server answers: then the code no longer exists. */
  readonly isReachable: boolean

  constructor(cause: unknown, isReachable: boolean) {
    super('The code of this page failed to load.', { cause })
    this.isReachable = isReachable
  }
}

export type LoadedPage<Props extends object = object> = ComponentType<Props> & {
  /** Loads the code before the page is opened. A failed load is repeated when the page is opened. */
  preload: () => Promise<void>
}

/**
 * Makes a page, or a dialog, whose code is loaded when it is first opened, or before. Does not use Suspense:
 * React would show the placeholder for 300 ms, although the code arrives in a few milliseconds.
 */
export function loadPage<Props extends object = object>(
  load: () => Promise<ComponentType<Props>>,
  placeholder: ReactNode = createElement(Skeleton, { label: 'Loading', blocks: 1 }),
): LoadedPage<Props> {
  let ready: ComponentType<Props> | undefined
  async function arrive(): Promise<ComponentType<Props>> {
    try {
      return (ready = await load())
    } catch (cause) {
      throw new PageNotLoaded(cause, await isServerReachable())
    }
  }
  function Page(props: Props) {
    // Decided once, so that a preload that ends while the page is on screen does not mount it again.
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
    return Now === undefined ? placeholder : createElement(Now, props)
  }
  function preload(): Promise<void> {
    return load().then(
      (page) => void (ready = page),
      () => undefined,
    )
  }
  return Object.assign(Page, { preload })
}

/** Returns a page whose code is part of the app, for the page that visitors open first. */
export function includedPage(page: ComponentType): LoadedPage {
  return Object.assign(page, { preload: () => Promise.resolve() })
}

/** Calls the server, because the browser gives no reason for a failed import. */
function isServerReachable(): Promise<boolean> {
  return fetch('/livez', { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
}
