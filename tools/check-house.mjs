// Checks the house rules, which no linter has, and prints each violation.
import { fileURLToPath } from 'node:url'
import { asvsRules } from './house/asvs-rules.ts'
import { documentRules } from './house/document-rules.ts'
import { fileRules } from './house/file-rules.ts'
import { importRules } from './house/import-rules.ts'
import { readHouse } from './house/read-house.ts'

const rules = [...fileRules, ...importRules, ...documentRules, ...asvsRules]

/** @param {string} root */
export function findProblems(root) {
  const house = readHouse(root)
  return rules.flatMap((rule) => rule(house).map((problem) => `${problem} (${rule.name})`))
}

if (import.meta.main) {
  const problems = findProblems(fileURLToPath(new URL('../', import.meta.url)))
  for (const problem of problems) console.error(problem)
  console.log(`${rules.length} rules, ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
