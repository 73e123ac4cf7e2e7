/**
 * Entries that take turns by round robin.
 *
 * The order is not that of a Map, which gets a new table after some changes. The old tables keep requests in
 * memory until the next full garbage collection.
 */
export class Round<Entry extends { readonly key: string }> {
  readonly #byKey = new Map<string, Entry>()
  readonly #order: Entry[] = []

  get size(): number {
    return this.#order.length
  }

  /** Returns the entry of a key. A new one comes last. */
  entry(key: string, create: (key: string) => Entry): Entry {
    const known = this.#byKey.get(key)
    if (known !== undefined) return known
    const entry = create(key)
    this.#byKey.set(key, entry)
    this.#order.push(entry)
    return entry
  }

  /**
   * Takes from the first entry from which something can be taken. The entry becomes the last, or is removed
   * when it is empty.
   */
  take<T>(takeFrom: (entry: Entry) => T | undefined, isEmpty: (entry: Entry) => boolean): T | undefined {
    for (const [index, entry] of this.#order.entries()) {
      const taken = takeFrom(entry)
      if (taken === undefined) continue
      this.#order.splice(index, 1)
      if (isEmpty(entry)) this.#byKey.delete(entry.key)
      else this.#order.push(entry)
      return taken
    }
    return undefined
  }
}
