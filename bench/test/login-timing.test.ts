import { execFile } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { medianOf, rankSum } from '../src/rank-sum.ts'

const program = path.join(import.meta.dirname, '../src/login-timing.ts')

function run(...more: string[]): Promise<{ code: unknown; stdout: string }> {
  const { promise, resolve } = Promise.withResolvers<{ code: unknown; stdout: string }>()
  execFile(process.execPath, [program, ...more], (error, stdout) =>
    resolve({ code: error === null ? 0 : error.code, stdout }),
  )
  return promise
}

test('login timing: fails without the dummy hash', async () => {
  const { code, stdout } = await run('--samples=12', '--warmup=1', '--cost=8', '--plant=no-dummy-hash')
  expect(stdout).toMatch(/^unknown - known: -[\d.]+ ms, p = [\de.-]+: DIFFERENT$/m)
  expect(stdout).toMatch(/^FAILED/m)
  expect(code).toBe(1)
})

test('login timing: runs and prints a verdict', async () => {
  const { stdout } = await run('--samples=3', '--warmup=0', '--cost=4')
  expect(stdout).toMatch(/^known +median [\d.]+ ms$/m)
  expect(stdout).toMatch(/^disabled - known: -?[\d.]+ ms, p = [\de.-]+: (?:DIFFERENT|no difference)$/m)
  expect(stdout).toMatch(/^(?:FAILED|PASSED)/m)
})

test('rank sum test: gives values from the literature', () => {
  // Without ties, U = 0 of 100: the samples do not overlap.
  const low = Array.from({ length: 10 }, (_, at) => at)
  const high = low.map((value) => value + 100)
  expect(rankSum(low, high).p).toBeCloseTo(0.000183, 5)
  expect(rankSum(high, low)).toEqual({ medianDifference: 100, p: rankSum(low, high).p })
  expect(rankSum(low, low).p).toBeCloseTo(1, 6)
  expect(rankSum([1, 1, 1], [1, 1, 1]).p).toBeCloseTo(1, 6)
  // With ties: the ranks of the first are 1.5, 1.5, 4, 4, so U = 1 of 16, and z = 1.935 with both
  // corrections.
  expect(rankSum([1, 1, 2, 2], [2, 3, 4, 5]).p).toBeCloseTo(0.053008, 5)
  expect(medianOf([3, 1, 2])).toBe(2)
  expect(medianOf([4, 1, 2, 3])).toBe(2.5)
})
