// Checks the house rules, which no linter has, and prints each violation. Usage: check-house.mjs [root];
// default: this repository.
import { fileURLToPath } from 'node:url'
import { asvsRules } from './house/asvs-rules.ts'
import { documentRules } from './house/document-rules.ts'
import { fileRules } from './house/file-rules.ts'
import { importRules } from './house/import-rules.ts'
import { readHouse } from './house/read-house.ts'

const house = readHouse(process.argv[2] ?? fileURLToPath(new URL('../', import.meta.url)))
const rules = [...fileRules, ...importRules, ...documentRules, ...asvsRules]
const problems = rules.flatMap((rule) => rule(house).map((problem) => `${problem} (${rule.name})`))
for (const problem of problems) console.error(problem)
console.log(`${rules.length} rules, ${house.files.length} files, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
