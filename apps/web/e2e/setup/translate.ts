import { expect } from '@playwright/test'
import type { BrowserContext, Page } from '@playwright/test'

/**
 * How a browser translator changes a page. `replace`: two nested `<font>` elements with a new text node
 * replace a text node, as Chrome does. `wrap`: the page's own text node moves into the elements. `copy`:
 * copies replace all children of an element that has only text.
 */
export const translators = ['replace', 'wrap', 'copy'] as const

/** Translates pages, and every text added later. The words stay the same, so tests find them. */
export async function translatePages(
  place: BrowserContext | Page,
  how: (typeof translators)[number] = 'replace',
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
      if (kind === 'copy' && parent.children.length === 0) {
        for (const { textContent } of parent.childNodes) inner.append(textContent ?? '')
        parent.replaceChildren(outer)
        return
      }
      if (kind !== 'wrap') inner.textContent = text.data
      text.replaceWith(outer)
      if (kind === 'wrap') inner.append(text)
    }
    new MutationObserver((records) => {
      for (const { type, target, addedNodes } of records) {
        if (type === 'characterData') translate(target)
        for (const node of addedNodes) if (node.isConnected) translate(node)
      }
    }).observe(document, { childList: true, characterData: true, subtree: true })
  }, how)
}

/** React's internal record of a node; `tag` 5 is an element, 6 a text. */
interface Fiber {
  tag: number
  child: Fiber | null
  sibling: Fiber | null
  memoizedProps: unknown
  stateNode: { current?: Fiber }
}

/**
 * Returns the text that React rendered and the text in the DOM. They differ where an update got lost. Waits
 * until the app has replaced what the page shows before it.
 */
export async function reactAndDomText(page: Page): Promise<{ react: string; dom: string }> {
  await expect(page.locator('#root noscript')).toHaveCount(0)
  return page.evaluate(() => {
    const root = document.getElementById('root')
    const key = Object.keys(root ?? {}).find((name) => name.startsWith('__reactContainer$'))
    if (root === null || key === undefined) throw new Error('React has no root in this page')
    // Sound for the pinned version: React's internals are not part of its API.
    const first = Reflect.get(root, key) as Fiber
    const textOf = (fiber: Fiber | null): string => {
      if (fiber === null) return ''
      const { tag, child, sibling, memoizedProps } = fiber
      return (
        (tag === 6 ? String(memoizedProps) : ownText(tag, memoizedProps)) + textOf(child) + textOf(sibling)
      )
    }
    // React keeps no fiber for the only text of an element.
    const ownText = (tag: number, props: unknown) => {
      if (tag !== 5 || typeof props !== 'object' || props === null || !('children' in props)) return ''
      const { children } = props
      return typeof children === 'string' || typeof children === 'number' ? String(children) : ''
    }
    const copy = root.cloneNode(true) as Element
    for (const area of copy.querySelectorAll('textarea')) area.remove()
    // An open dialog contains the message (components/place-message.ts).
    copy.querySelector('[data-message-place]')?.append(...copy.querySelectorAll('[data-message]'))
    return { react: textOf(first.stateNode.current ?? first), dom: copy.textContent ?? '' }
  })
}
