import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import path from 'node:path'

const keptMs = 24 * 3_600_000
/** The bundler writes all files of a build within seconds. */
const buildMs = 60_000

/**
 * Removes files that were replaced more than a day ago. Until then a running server may load those of its
 * build. The time of a replaced file becomes that of its replacement.
 * @param current the names of the new build
 * @param builtAt the time of the build before, in milliseconds since 1970 UTC; null without one
 */
export function removeReplaced(
  folder: string,
  current: ReadonlySet<string>,
  { builtAt, now }: { builtAt: number | null; now: number },
): void {
  // Before the files of the new build, which the next one finds by their time.
  const replacedAt = (now - 2 * buildMs) / 1_000
  for (const name of readdirSync(folder)) {
    if (current.has(name)) continue
    const file = path.join(folder, name)
    const { mtimeMs } = statSync(file)
    if (builtAt !== null && mtimeMs > builtAt - buildMs) utimesSync(file, replacedAt, replacedAt)
    else if (now - mtimeMs > keptMs) rmSync(file, { recursive: true })
  }
}
