import { addressFaults } from './address-faults.ts'
import { factorFaults } from './factor-faults.ts'
import { faults } from './faults.ts'
import { find } from './find-fault.ts'
import { linkFaults } from './link-faults.ts'
import { tokenFaults } from './token-faults.ts'

// `node apps/server/test/model/planted-faults.ts` plants each fault in a copy of the sources and searches for
// it with the model.
const ofSessions = [...faults, ...linkFaults, ...addressFaults, ...tokenFaults]
const all = [
  ...ofSessions.map((fault) => ({ fault, model: 'sessions' }) as const),
  ...factorFaults.map((fault) => ({ fault, model: 'factors' }) as const),
]
let missed = 0
for (const { fault, model } of all) {
  const { found, output } = await find(fault, { runs: 1_000, seed: 1, model })
  if (!found) missed += 1
  process.stdout.write(`\n${found ? 'found' : 'MISSED'}: ${fault.name}\n${output}`)
}
process.stdout.write(`\n${all.length - missed} of ${all.length} planted faults were found.\n`)
process.exitCode = missed === 0 ? 0 : 1
