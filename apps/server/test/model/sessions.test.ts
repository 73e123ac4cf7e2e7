import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { explore } from './explore.ts'

// The seed is fixed, so that the test is deterministic. `npm run model` uses another one each time, and far
// more runs.
const seed = Number(process.env['TEST_MODEL_SEED'] ?? 20_261_122)
const runs = Number(process.env['TEST_MODEL_RUNS'] ?? 12)

describeOnEach('accounts and sessions over two servers', (kind) => {
  const timeout = 180_000 + runs * 2_000
  test(`do what the model says, in ${runs} random runs from seed ${seed}`, { timeout }, async () => {
    expect(await explore({ kind, runs, seed })).toBeNull()
  })
})
