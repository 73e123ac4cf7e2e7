import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { dropNotesFromDocument } from './drop-notes-from-documents.mjs'
import { isOfNotes } from './remove-notes.mjs'

const file = 'bench/README.md'
const readme = `# Benchmarks

- \`npm run bench -- neighbours\` is removed
- \`npm run bench -- storm\` stays

## Floods

\`\`\`
npm run bench -- storm
\`\`\`

Figures of floods.

## Noisy neighbours

The benchmark measures the latency.

\`\`\`
npm run bench -- neighbours
npm run bench -- neighbours --impatient
\`\`\`

The second command shows the defaults.

### Figures

Figures of neighbours.

## Types

Figures of types.
`

test('begin: a section of a removed benchmark keeps only its heading', () => {
  expect(dropNotesFromDocument(readme, file, isOfNotes)).toBe(`# Benchmarks

- \`npm run bench -- storm\` stays

## Floods

\`\`\`
npm run bench -- storm
\`\`\`

Figures of floods.

## Noisy neighbours

This benchmark used the notes, which were removed.

## Types

Figures of types.
`)
})

test('begin: no document runs a removed benchmark', () => {
  const text = dropNotesFromDocument(
    readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'),
    file,
    isOfNotes,
  )
  const commands = Array.from(text.matchAll(/npm run bench -- ([\w-]+)/g), ([, name]) => name)
  expect(commands).toContain('storm')
  expect(commands.filter((name) => isOfNotes(`bench/src/${name}.ts`))).toEqual([])
})
