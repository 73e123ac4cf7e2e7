/** Returns text of a user or server that cannot control the terminal. Line breaks and tabs stay. */
export function shown(text: string): string {
  return text.replace(/(?![\n\t])\p{C}/gu, '?')
}

/** Returns text of a user or server that stays on one line. */
export function shownLine(text: string): string {
  return text.replace(/\p{C}/gu, '?')
}

/** Returns a list for people. Text of a user or server in it adds no lines. */
export function shownLines(lines: readonly string[]): string {
  return lines.map(shownLine).join('\n')
}

/** Returns a value as one line of JSON. Characters that can control the terminal are escaped. */
export function shownJson(value: unknown): string {
  return escapeControls(JSON.stringify(value ?? null))
}

/**
 * Escapes the characters of JSON text that can control the terminal. The value stays the same, because JSON
 * allows them only in strings. Line breaks and tabs stay: they are also between the values.
 */
export function escapeControls(json: string): string {
  return json.replace(/(?![\n\t])\p{C}/gu, (character) =>
    // Two escapes for a character outside of the BMP.
    character.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
}
