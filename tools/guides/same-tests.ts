import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** The product's name, its demo, lists of all procedures, documents, and defaults of settings. */
export const usesWhatBeginChanges = new RegExp(
  [
    String.raw`contract/product|\bnotes\b|Note|note[-A-Z]`,
    'support/(?:procedures|procedure-types|valid-inputs?|caller-kinds)',
    String.raw`docs/|deploy/|README|\.env\.example`,
    'readConfig|readAccountSettings',
  ].join('|'),
)
const imported = /(?:from|import\(?|new URL\() ?'(\.[^']+)'|new URL\('([^':]+)', import\.meta\.url\)/g

/**
 * Finds the tests of a package that are the same in a begun tree: neither the test nor what it imports by a
 * path has changed, or uses what `begin` changes. Sources are not followed from a folder of tests: they are
 * what the other tests run.
 *
 * @returns the paths of the tests, relative to the package
 */
export function sameTests(original: string, begun: string): string[] {
  return globSync('{src,test}/**/*.test.ts', { cwd: begun }).filter((test) =>
    [...readTogether(begun, test)].every(
      ([file, text]) => !usesWhatBeginChanges.test(text) && text === read(original, file),
    ),
  )
}

/** Reads a test and what it imports, by path. */
function readTogether(folder: string, test: string): Map<string, string> {
  const found = new Map([[test, read(folder, test) ?? '']])
  const isOfTests = test.startsWith('test/')
  // The map grows during the loop, so that indirect imports are included.
  for (const [file, text] of found) {
    for (const [, module, data] of text.matchAll(imported)) {
      const path = module ?? data ?? ''
      const next = relative(folder, join(folder, dirname(file), path))
      const nextText = isOfTests && !next.startsWith('test/') ? undefined : read(folder, next)
      if (nextText !== undefined) found.set(next, found.get(next) ?? nextText)
    }
  }
  return found
}

/** Reads a file. @returns undefined when there is none */
function read(folder: string, file: string): string | undefined {
  try {
    return readFileSync(join(folder, file), 'utf8')
  } catch {
    return undefined
  }
}
