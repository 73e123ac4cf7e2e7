import { faults } from './faults.ts'
import { find } from './find-fault.ts'

// `node apps/server/test/model/planted-faults.ts` plants each fault in a copy of the sources and searches for
// it with the model.
let missed = 0
for (const fault of faults) {
  const { found, output } = await find(fault, { runs: 1_000, seed: 1 })
  if (!found) missed += 1
  process.stdout.write(`\n${found ? 'found' : 'MISSED'}: ${fault.name}\n${output}`)
}
process.stdout.write(`\n${faults.length - missed} of ${faults.length} planted faults were found.\n`)
process.exitCode = missed === 0 ? 0 : 1
