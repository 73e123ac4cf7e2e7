// Writes docs/asvs-map.json into docs/asvs.md as a table. Run it after a change of the map.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { asvsMapProblems, readAsvsMap, withAsvsTable } from './house/asvs-map.mjs'

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const map = readAsvsMap(root)
const problems = asvsMapProblems(map, root)
for (const problem of problems) console.error(problem)
const page = `${root}/docs/asvs.md`
writeFileSync(page, withAsvsTable(readFileSync(page, 'utf8'), map))
process.exitCode = problems.length === 0 ? 0 : 1
