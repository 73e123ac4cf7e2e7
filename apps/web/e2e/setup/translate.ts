import type { BrowserContext, Page } from '@playwright/test'

/**
 * How a translator changes a page. `instead`: a text node is replaced by two elements `<font>` with a text
 * node of their own, as Chrome does. `around`: the page's own text node is moved into the elements. `whole`:
 * all children of an element that holds text are replaced by copies.
 */
export const translators = ['instead', 'around', 'whole'] as const

/** Translates pages, also every text that comes later. The words stay the same, so that a test finds them. */
export async function translatePages(
  place: BrowserContext | Page,
  how: (typeof translators)[number] = 'instead',
): Promise<void> {
  await place.addInitScript((kind) => {
    const untouched = 'font, script, style, title, textarea, noscript, svg, [translate=no]'
    const translate = (node: Node) => {
      if (node instanceof Text) translateText(node)
      else for (const child of Array.from(node.childNodes)) translate(child)
    }
    const translateText = (text: Text) => {
      const parent = text.parentElement
      if (text.data.trim() === '' || parent === null || parent.closest(untouched) !== null) return
      const outer = document.createElement('font')
      const inner = outer.appendChild(document.createElement('font'))
      outer.setAttribute('dir', 'auto')
      if (kind === 'whole' && parent.children.length === 0) {
        for (const { textContent } of parent.childNodes) inner.append(textContent ?? '')
        parent.replaceChildren(outer)
        return
      }
      if (kind !== 'around') inner.textContent = text.data
      text.replaceWith(outer)
      if (kind === 'around') inner.append(text)
    }
    new MutationObserver((records) => {
      for (const { type, target, addedNodes } of records) {
        if (type === 'characterData') translate(target)
        for (const node of addedNodes) if (node.isConnected) translate(node)
      }
    }).observe(document, { childList: true, characterData: true, subtree: true })
  }, how)
}

/** What React keeps of a text or an element in the page; `tag` 5 is an element, 6 a text. */
interface Fiber {
  tag: number
  child: Fiber | null
  sibling: Fiber | null
  memoizedProps: unknown
  stateNode: { current?: Fiber }
}

/**
 * Returns all text that React has written into the page, and all text in the page. They differ where a change
 * is not visible.
 */
export function writtenAndShown(page: Page): Promise<{ written: string; shown: string }> {
  return page.evaluate(() => {
    const root = document.getElementById('root')
    const key = Object.keys(root ?? {}).find((name) => name.startsWith('__reactContainer$'))
    if (root === null || key === undefined) throw new Error('React has no root in this page')
    // Sound for the version that is pinned: what React keeps is no part of its API.
    const first = Reflect.get(root, key) as Fiber
    const written = (fiber: Fiber | null): string => {
      if (fiber === null) return ''
      const { tag, child, sibling, memoizedProps } = fiber
      return (
        (tag === 6 ? String(memoizedProps) : ownText(tag, memoizedProps)) + written(child) + written(sibling)
      )
    }
    // An element with one text in it has no fiber for the text.
    const ownText = (tag: number, props: unknown) => {
      if (tag !== 5 || typeof props !== 'object' || props === null || !('children' in props)) return ''
      const { children } = props
      return typeof children === 'string' || typeof children === 'number' ? String(children) : ''
    }
    const copy = root.cloneNode(true) as Element
    for (const area of copy.querySelectorAll('textarea')) area.remove()
    return { written: written(first.stateNode.current ?? first), shown: copy.textContent ?? '' }
  })
}
