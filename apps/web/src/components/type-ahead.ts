import { language } from './language.ts'

/** How long the next key belongs to the same word, as in the lists of browsers. */
const pauseMs = 500

/** Finds options by the keys that the user types. */
export class TypeAhead {
  #typed = ''
  #lastMs = 0

  /** Whether the next key continues a word. A space is then a character of it. */
  isTyping(nowMs: number): boolean {
    return this.#typed !== '' && nowMs - this.#lastMs < pauseMs
  }

  /** Begins a new word with the next key. */
  reset(): void {
    this.#typed = ''
  }

  /**
   * Adds a key. Returns the index of the next option that begins with the typed word; undefined without one.
   * The same key several times moves through the options that begin with it.
   */
  find(key: string, nowMs: number, names: readonly string[], active: number): number | undefined {
    this.#typed = (this.isTyping(nowMs) ? this.#typed : '') + key.toLocaleLowerCase(language)
    this.#lastMs = nowMs
    const [first = ''] = this.#typed
    const isOneKey = this.#typed === first.repeat(this.#typed.length)
    const start = isOneKey ? first : this.#typed
    // A longer word may still be the active option.
    const from = active + (isOneKey ? 1 : 0)
    const order = names.map((_, index) => (from + index) % names.length)
    return order.find((index) => names[index]?.toLocaleLowerCase(language).startsWith(start))
  }
}
