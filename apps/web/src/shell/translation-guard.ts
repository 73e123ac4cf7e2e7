/** One replacement that the app did not make: `added` took the place of `removed`. */
interface Replacement {
  removed: readonly Node[]
  added: readonly Node[]
}

/**
 * Lets React work on a page that a translator (of the browser or an extension) changes. A translator puts
 * elements of its own, `<font>`, in the place of text nodes or around them, and React keeps the nodes that it
 * made: `removeChild` and `insertBefore` would throw NotFoundError, and a changed text would stay invisible
 * in a node that is in no document.
 *
 * The guard follows every replacement in the document and undoes it as soon as React uses a replaced node:
 * the node is back, the operation works on it, and the translator translates the new text. Nothing that a
 * page does can differ because of it: without a translator every node is where React put it.
 */
export function guardAgainstTranslation(): void {
  const replacements = new WeakMap<Node, Replacement>()
  const observer = new MutationObserver(follow)
  const { prototype } = Node
  const removeChild = Reflect.get(prototype, 'removeChild')
  const insertBefore = Reflect.get(prototype, 'insertBefore')

  function follow(records: readonly MutationRecord[]): void {
    for (const { type, target, removedNodes, addedNodes, previousSibling, nextSibling } of records) {
      // React changed the text of a node that is not shown.
      if (type === 'characterData') {
        putBack(target)
        continue
      }
      const removed = [...removedNodes].filter(({ parentNode }) => parentNode === null)
      // Most translators replace a node in one step, others put the new one beside it first.
      const added = addedNodes.length > 0 ? [...addedNodes] : [nextSibling, previousSibling].filter(isWrapper)
      if (removed.length === 0 || added.length === 0) continue
      for (const node of removed) {
        replacements.set(node, { removed, added })
        if (node instanceof Text) observer.observe(node, { characterData: true })
      }
    }
  }

  /** Undoes the replacement of a node, and of what replaced it, if the place of it is still known. */
  function putBack(node: Node): void {
    const replacement = replacements.get(node)
    if (replacement === undefined || node.parentNode !== null) return
    replacements.delete(node)
    const { removed, added } = replacement
    for (const each of added) putBack(each)
    const place = added.find(({ parentNode }) => parentNode !== null)
    const parent = place?.parentNode
    if (place === undefined || parent === null || parent === undefined) return
    for (const each of removed) insertBefore.call(parent, each, place)
    for (const each of added) if (each.parentNode === parent) removeChild.call(parent, each)
  }

  function bringBack(node: Node): void {
    follow(observer.takeRecords())
    putBack(node)
  }

  prototype.removeChild = function removeTranslated<T extends Node>(this: Node, child: T): T {
    if (child.parentNode !== this) bringBack(child)
    const { parentNode } = child
    // Something else has removed it already.
    if (parentNode === null) return child
    if (parentNode === this || !this.contains(child)) removeChild.call(this, child)
    else removeWithWrappers(this, child)
    return child
  }

  prototype.insertBefore = function insertBeforeTranslated<T extends Node>(
    this: Node,
    node: T,
    reference: Node | null,
  ): T {
    if (reference !== null && reference.parentNode !== this) bringBack(reference)
    insertBefore.call(this, node, reference === null ? null : placeOf(this, reference))
    return node
  }

  /** Takes a node out of what was put around it below `parent`, and with it what has nothing else in it. */
  function removeWithWrappers(parent: Node, child: Node): void {
    let [node, wrapper] = [child, child.parentNode]
    while (wrapper !== null) {
      removeChild.call(wrapper, node)
      if (wrapper === parent || wrapper.hasChildNodes()) return
      ;[node, wrapper] = [wrapper, wrapper.parentNode]
    }
  }

  observer.observe(document, { childList: true, subtree: true })
}

function isWrapper(node: Node | null): node is Element {
  return node instanceof Element && node.tagName === 'FONT'
}

/**
 * The child of `parent` that is the node or holds it; null, the end, where the node is in no document any
 * more.
 */
function placeOf(parent: Node, node: Node): Node | null {
  if (node.parentNode === null) return null
  let place = node
  while (place.parentNode !== parent && place.parentNode !== null) place = place.parentNode
  return place.parentNode === parent ? place : node
}
