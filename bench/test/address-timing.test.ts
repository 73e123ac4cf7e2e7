import { expect, test } from 'vitest'
import { runProgram } from './run-program.ts'

test('address timing: finds a lookup of known accounts, and prints a verdict', async () => {
  const few = ['--samples=20', '--warmup=5', '--cost=4']
  const { code, stdout } = await runProgram('address-timing.ts', ...few, '--plant=lookup')
  expect(stdout).toMatch(/^recovery by address +known .*, ratio [\d.]+, p = [\de.-]+: DIFFERENT$/m)
  expect(stdout).toMatch(/^sign-up with address +known .*: (?:DIFFERENT|no difference)$/m)
  expect(stdout).toMatch(/^FAILED/m)
  expect(code).toBe(1)
})

test('address timing: measures every subject without a plant', async () => {
  const { stdout } = await runProgram('address-timing.ts', '--samples=3', '--warmup=1', '--cost=4')
  expect(stdout).toMatch(/^bcrypt cost 4, 3 calls of each kind, plant: none$/m)
  // So few samples prove nothing: the verdict may be either.
  const figures =
    / +known [\d.]+ ms, unknown [\d.]+ ms, ratio [\d.]+, p = [\de.-]+: (?:DIFFERENT|no difference)$/
  const subjects = stdout
    .split('\n')
    .flatMap((line) => (figures.test(line) ? [line.replace(figures, '')] : []))
  expect(subjects).toEqual([
    'recovery by user name',
    'recovery by address',
    'log-in by address',
    'sign-up with address',
  ])
  expect(stdout).toMatch(/^(?:PASSED|FAILED: the time reveals whether an account exists)$/m)
})
