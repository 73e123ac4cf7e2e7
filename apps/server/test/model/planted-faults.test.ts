import { describe, expect, test } from 'vitest'
import { addressFaults } from './address-faults.ts'
import { factorFaults } from './factor-faults.ts'
import { faults } from './faults.ts'
import { editedSources, routerSources } from './faulty-copy.ts'
import { find } from './find-fault.ts'
import { linkFaults } from './link-faults.ts'
import { tokenFaults } from './token-faults.ts'

test.each([...faults, ...factorFaults, ...linkFaults, ...addressFaults, ...tokenFaults])(
  'planted faults of the model: "$name" finds its lines',
  (fault) => {
    expect(editedSources(fault, routerSources).size).toBeGreaterThan(0)
  },
)

// Two faults that are found soon. `node apps/server/test/model/planted-faults.ts` runs all, with their
// protocols. sessions.test.ts shows that the model finds no fault where none is planted.
describe('the model finds a planted fault', () => {
  test.each(faults.slice(1, 3))('$name', async (fault) => {
    const { found, output } = await find(fault, { runs: 100, seed: 4, quick: true })
    expect({ found, output }).toEqual({ found: true, output: expect.stringContaining('the server says') })
  })

  test.each(factorFaults.slice(0, 1))('$name', async (fault) => {
    const { found, output } = await find(fault, { runs: 50, seed: 3, model: 'factors', quick: true })
    expect({ found, output }).toEqual({ found: true, output: expect.stringContaining('the server says') })
  })
})
