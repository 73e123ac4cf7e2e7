// The rules of the house that no linter knows; each takes the house and returns what breaks it.
// An argument names another root than this repository's.
import { fileURLToPath } from 'node:url'
import { documentRules } from './house/document-rules.mjs'
import { importRules } from './house/import-rules.mjs'
import { languageRules } from './house/language-rules.mjs'
import { readHouse } from './house/read-house.mjs'
import { testRules } from './house/test-rules.mjs'
import { workspaceRules } from './house/workspace-rules.mjs'

const root = process.argv[2] ?? fileURLToPath(new URL('../', import.meta.url))
const house = readHouse(root)
const rules = [...workspaceRules, ...importRules, ...documentRules, ...languageRules, ...testRules]
const problems = rules.flatMap((rule) => rule(house).map((problem) => `${problem} (${rule.name})`))
for (const problem of problems) console.error(problem)
console.log(`${rules.length} rules, ${house.files.length} files, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
