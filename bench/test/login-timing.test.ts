import { expect, test } from 'vitest'
import { median } from '../src/figures.ts'
import { rankSum } from '../src/rank-sum.ts'
import { runProgram } from './run-program.ts'

test('login timing: fails without the dummy hash, and prints a verdict', async () => {
  const difference = /^unknown - known: -[\d.]+ ms, p = [\de.-]+: DIFFERENT$/m
  const few = ['--samples=12', '--warmup=1']
  let outcome: Awaited<ReturnType<typeof runProgram>> = { code: 0, stdout: '', stderr: '' }
  // Each hash takes four times as long as the one before. On a busy machine a short one is lost in the noise.
  for (const cost of [8, 10, 12]) {
    outcome = await runProgram('login-timing.ts', ...few, `--cost=${cost}`, '--plant=no-dummy-hash')
    if (difference.test(outcome.stdout)) break
  }
  expect(outcome.stdout).toMatch(difference)
  expect(outcome.stdout).toMatch(/^known +median [\d.]+ ms$/m)
  expect(outcome.stdout).toMatch(
    /^disabled - known: -?[\d.]+ ms, p = [\de.-]+: (?:DIFFERENT|no difference)$/m,
  )
  expect(outcome.stdout).toMatch(/^FAILED/m)
  expect(outcome.code).toBe(1)
})

test('login timing: measures every kind of user without a plant', async () => {
  const { stdout } = await runProgram('login-timing.ts', '--samples=3', '--warmup=1', '--cost=4')
  expect(stdout).toMatch(/^bcrypt cost 4, 3 log-ins of each kind, plant: none$/m)
  expect(stdout.match(/^(?:known|unknown|disabled|older) +median [\d.]+ ms$/gm)).toHaveLength(4)
  // So few samples prove nothing: the verdict may be either.
  expect(
    stdout.match(
      /^(?:unknown|disabled|older) - known: -?[\d.]+ ms, p = [\de.-]+: (?:DIFFERENT|no difference)$/gm,
    ),
  ).toHaveLength(3)
  expect(stdout).toMatch(/^(?:PASSED|FAILED: the time reveals whether an account exists)$/m)
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
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
})
