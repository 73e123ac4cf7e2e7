import { describe, expect, test } from 'vitest'

import { faults } from './faults.ts'
import { find } from './find-fault.ts'

// All of them, with their protocols: `node apps/server/test/model/planted-faults.ts`.
describe('the model finds a planted fault', () => {
  test.each(faults.slice(0, 3))('$name', async (fault) => {
    const { found, output } = await find(fault, { runs: 100, seed: 3, quick: true })
    expect({ found, output }).toEqual({ found: true, output: expect.stringContaining('the server says') })
  })

  test('and none where none is planted', async () => {
    const { found, output } = await find({ name: 'nothing', edits: [] }, { runs: 3, seed: 3 })
    expect({ found, output }).toEqual({
      found: false,
      output: expect.stringContaining('servers and model agree'),
    })
  })
})
