import type { BrowserContext, Page } from '@playwright/test'

/**
 * Translates pages as Chrome does: each text node, also one that comes later, is replaced by two elements `<font>` with a text node of
 * their own. The words stay the same, so that a test finds them.
 * @param how `around`: the page's own text node is moved into the elements, as some extensions do
 */
export async function translatePages(
  place: BrowserContext | Page,
  how: 'instead' | 'around' = 'instead',
): Promise<void> {
  await place.addInitScript((isAround) => {
    const translate = (node: Node) => {
      if (!(node instanceof Text)) {
        node.childNodes.forEach(translate)
        return
      }
      const parent = node.parentElement
      if (node.data.trim() === '' || parent === null) return
      if (parent.closest('font, script, style, title, textarea, noscript, [translate=no]') !== null) return
      const outer = document.createElement('font')
      const inner = outer.appendChild(document.createElement('font'))
      outer.setAttribute('dir', 'auto')
      if (!isAround) inner.textContent = node.data
      node.replaceWith(outer)
      if (isAround) inner.append(node)
    }
    new MutationObserver((records) => {
      for (const { type, target, addedNodes } of records) {
        if (type === 'characterData') translate(target)
        for (const node of addedNodes) translate(node)
      }
    }).observe(document, { childList: true, characterData: true, subtree: true })
  }, how === 'around')
}

/** What React keeps of a text or an element in the page; `tag` 5 is an element, 6 a text. */
interface Fiber {
  tag: number
  child: Fiber | null
  sibling: Fiber | null
  memoizedProps: unknown
  stateNode: { current?: Fiber }
}

/** Every text that React has written into the page, and every text that stands there. They differ where a change was not shown. */
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
