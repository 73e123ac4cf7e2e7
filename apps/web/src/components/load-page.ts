import { lazy, type ComponentType, type LazyExoticComponent } from 'react'

/** The code of a page did not arrive: the server is away, or has been replaced by another version meanwhile. */
export class PageNotLoaded extends Error {
  override readonly name = 'PageNotLoaded'
}

/** A page whose code is loaded when it is first opened. */
export function loadPage(load: () => Promise<ComponentType>): LazyExoticComponent<ComponentType> {
  return lazy(async () => {
    try {
      return { default: await load() }
    } catch (cause) {
      throw new PageNotLoaded('The code of this page did not arrive.', { cause })
    }
  })
}
