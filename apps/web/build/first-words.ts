import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import { translations } from '@zxcvbn-ts/language-en'
import type { Plugin } from 'vite'

const module = 'virtual:first-words'

/** About 8 KB compressed. The whole list has about 18,000 passwords and 183 KB. */
const passwordCount = 1_000

/**
 * Writes the module `virtual:first-words`, with what the strength worker needs for a first result: keyboard
 * layouts, texts and the most common passwords. Imported from the packages, they would come with all words.
 */
export function firstWords(): Plugin {
  return {
    name: 'app:first-words',
    resolveId: (id) => (id === module ? `\0${module}` : null),
    load: (id) => (id === `\0${module}` ? sourceOf({ adjacencyGraphs, translations, passwords }) : null),
  }
}

const passwords = dictionary['passwords-common'].slice(0, passwordCount)

function sourceOf(values: Record<string, unknown>): string {
  return Object.entries(values)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}`)
    .join('\n')
}
