/**
 * The maximum of arrays and objects in a body. A real one has about ten. Each takes up to 64 bytes of memory
 * for two of the body, and bodies are reserved by their bytes.
 */
export const maxStructures = 1_000

const [quote, backslash, bracket, brace] = [0x22, 0x5c, 0x5b, 0x7b]

/** Checks whether JSON has more arrays and objects than `maxStructures`, before it is parsed. */
export function hasTooManyStructures(json: string): boolean {
  // Each has two characters, so almost every body is not read.
  if (json.length <= 2 * maxStructures) return false
  let count = 0
  let isInText = false
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at)
    if (code === quote) isInText = !isInText
    else if (isInText && code === backslash) at += 1
    else if (!isInText && (code === bracket || code === brace)) count += 1
  }
  return count > maxStructures
}
