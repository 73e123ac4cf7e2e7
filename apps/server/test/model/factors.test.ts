import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { exploreFactors } from './explore.ts'

const seed = Number(process.env['TEST_MODEL_SEED'] ?? 20_261_129)
const runs = Number(process.env['TEST_MODEL_RUNS'] ?? 12)

describeOnEach('second factors over two servers', (kind) => {
  const timeout = 180_000 + runs * 2_000
  test(`do what the model says, in ${runs} random runs from seed ${seed}`, { timeout }, async () => {
    expect(await exploreFactors({ kind, runs, seed })).toBeNull()
  })
})
