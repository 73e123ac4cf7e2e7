/** One replacement by a translator: `added` replaced `removed`. */
interface Replacement {
  removed: readonly Node[]
  added: readonly Node[]
}

/**
 * Lets React work on a page that a translator (of the browser or an extension) changes. A translator replaces
 * or wraps text nodes with its own elements, `<font>`, but React keeps its nodes. Without the guard
 * `removeChild` and `insertBefore` throw NotFoundError, and a changed text stays invisible in a node outside
 * the document.
 *
 * The guard records every replacement in the document and undoes it when React uses a replaced node. Then the
 * operation works, and the translator translates the new text. Without a translator the guard has no effect,
 * because every node is where React put it.
 */
export function guardAgainstTranslation(): void {
  const replacements = new WeakMap<Node, Replacement>()
  const observer = new MutationObserver(follow)
  const { prototype } = Node
  const removeChild = Reflect.get(prototype, 'removeChild')
  const insertBefore = Reflect.get(prototype, 'insertBefore')

  function follow(records: readonly MutationRecord[]): void {
    for (const { type, target, removedNodes, addedNodes, previousSibling, nextSibling } of records) {
      // React changed the text of a replaced node.
      if (type === 'characterData') {
        putBack(target)
        continue
      }
      const removed = [...removedNodes].filter(({ parentNode }) => parentNode === null)
      // Most translators replace a node in one step, others insert the new one beside it first.
      const added = addedNodes.length > 0 ? [...addedNodes] : [nextSibling, previousSibling].filter(isWrapper)
      if (removed.length === 0 || added.length === 0) continue
      for (const node of removed) {
        replacements.set(node, { removed, added })
        if (node instanceof Text) observer.observe(node, { characterData: true })
      }
    }
  }

  /** Undoes the replacement of a node, and of its replacements, if their position is still known. */
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
    // The node was removed already.
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

  /** Removes a node below `parent` together with the wrappers that are empty without it. */
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
 * Returns the child of `parent` that is or contains the node; null, the end, if the node is in no document
 * any more.
 */
function placeOf(parent: Node, node: Node): Node | null {
  if (node.parentNode === null) return null
  let place = node
  while (place.parentNode !== parent && place.parentNode !== null) place = place.parentNode
  return place.parentNode === parent ? place : node
}
