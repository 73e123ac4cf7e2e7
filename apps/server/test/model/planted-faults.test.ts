import { describe, expect, test } from 'vitest'
import { faults } from './faults.ts'
import { find } from './find-fault.ts'

// Two that are found soon. All of them, with their protocols: `node
// apps/server/test/model/planted-faults.ts`. That the model finds nothing where nothing is planted is
// sessions.test.ts.
describe('the model finds a planted fault', () => {
  test.each(faults.slice(1, 3))('$name', async (fault) => {
    const { found, output } = await find(fault, { runs: 100, seed: 3, quick: true })
    expect({ found, output }).toEqual({ found: true, output: expect.stringContaining('the server says') })
  })
})
