const enter = new Set(['\r', '\n'])
const interrupt = '\u0003'
const endOfInput = '\u0004'
const backspace = new Set(['\u007F', '\b'])
const eraseLine = '\u0015'
const escape = '\u001B'

export interface LineState {
  status: 'open' | 'done' | 'interrupted'
}

/** Reads a line that is not shown, with the few keys that an operator needs to correct it. */
export class HiddenLine {
  #characters: string[] = []
  /** Inside an escape sequence: arrow keys and the like are not part of a password. */
  #sequence: 'none' | 'begun' | 'running' = 'none'

  /** @returns the status `open` while the line continues */
  type(character: string): LineState {
    if (this.#isInSequence(character)) return { status: 'open' }
    if (enter.has(character)) return { status: 'done' }
    if (character === interrupt) return { status: 'interrupted' }
    if (character === endOfInput) return { status: this.#characters.length === 0 ? 'interrupted' : 'done' }
    if (backspace.has(character)) this.#characters.pop()
    else if (character === eraseLine) this.#characters = []
    else if (!/\p{Cc}/u.test(character)) this.#characters.push(character)
    return { status: 'open' }
  }

  /** Returns the text so far; the next line starts empty. */
  take(): string {
    const text = this.#characters.join('')
    this.#characters = []
    return text
  }

  /**
   * Recognises ESC, `[` or `O`, and everything up to the letter or `~` that ends it (ECMA-48 5.4); or ESC and
   * one other character.
   */
  #isInSequence(character: string): boolean {
    if (this.#sequence === 'none') {
      if (character !== escape) return false
      this.#sequence = 'begun'
      return true
    }
    // Ctrl-C and Enter always work, also after a lone Esc key.
    if (/\p{Cc}/u.test(character)) {
      this.#sequence = character === escape ? 'begun' : 'none'
      return character === escape
    }
    if (this.#sequence === 'begun') this.#sequence = /[[O]/.test(character) ? 'running' : 'none'
    else if (/[@-~]/.test(character)) this.#sequence = 'none'
    return true
  }
}
