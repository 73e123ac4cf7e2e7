/**
 * Returns the procedures that a path calls: one name, or those of a batch, separated by commas.
 * @param path after `/trpc`
 * @returns null when the path is not text: `%zz`
 */
export function procedureNames(path: string): string | null {
  try {
    return decodeURIComponent(path.replace(/^\/+/, ''))
  } catch {
    return null
  }
}
