import { type ComponentType, createElement, lazy, useState } from 'react'

/** The code of a page did not arrive: the server is away, or has been replaced by another version meanwhile. */
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
  /** Fetches the code before the page is opened; then it opens without a gap. What does not arrive is fetched again later. */
  preload: () => void
}

/** A page whose code is loaded when it is first opened, or shortly before. */
export function loadPage(load: () => Promise<ComponentType>): LoadedPage {
  let ready: ComponentType | undefined
  const Late = lazy(async () => {
    try {
      return { default: await load() }
    } catch (cause) {
      throw new PageNotLoaded(cause, await isServerReachable())
    }
  })
  function Page() {
    // Decided once: code that arrives while the page is on screen does not begin it anew.
    const [Now] = useState(() => ready ?? Late)
    return createElement(Now)
  }
  function preload() {
    load().then(
      (page) => (ready = page),
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
