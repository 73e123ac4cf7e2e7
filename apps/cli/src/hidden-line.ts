const enter = new Set(['\r', '\n'])
const interrupt = '\u0003'
const endOfInput = '\u0004'
const backspace = new Set(['\u007F', '\b'])
const eraseLine = '\u0015'
const escape = '\u001B'

/** A line that is typed without being seen, with the few keys that a person needs to correct it blindly. */
export class HiddenLine {
  #characters: string[] = []
  /** Inside an escape sequence: arrow keys and the like are not part of a password. */
  #sequence: 'none' | 'begun' | 'running' = 'none'

  /** @returns `open` while more is expected */
  type(character: string): 'open' | 'done' | 'interrupted' {
    if (this.#isInSequence(character)) return 'open'
    if (enter.has(character)) return 'done'
    if (character === interrupt) return 'interrupted'
    if (character === endOfInput) return this.#characters.length === 0 ? 'interrupted' : 'done'
    if (backspace.has(character)) this.#characters.pop()
    else if (character === eraseLine) this.#characters = []
    else if (!/\p{Cc}/u.test(character)) this.#characters.push(character)
    return 'open'
  }

  /** The text so far; the next line starts empty. */
  take(): string {
    const text = this.#characters.join('')
    this.#characters = []
    return text
  }

  /**
   * ESC, then `[` or `O` and everything up to the letter or `~` that ends it (ECMA-48 5.4); ESC and one other
   * character.
   */
  #isInSequence(character: string): boolean {
    if (this.#sequence === 'none') {
      if (character !== escape) return false
      this.#sequence = 'begun'
      return true
    }
    // Ctrl-C and Enter work from anywhere, also after a lone Esc key.
    if (/\p{Cc}/u.test(character)) {
      this.#sequence = character === escape ? 'begun' : 'none'
      return character === escape
    }
    if (this.#sequence === 'begun') this.#sequence = /[[O]/.test(character) ? 'running' : 'none'
    else if (/[@-~]/.test(character)) this.#sequence = 'none'
    return true
  }
}
