import { expect, test } from 'vitest'
import { runProgram } from './run-program.ts'

const run = (...args: string[]) => runProgram('address-timing.ts', ...args)

test('address timing: finds a lookup of known accounts', async () => {
  const { code, stdout } = await run('--samples=20', '--warmup=5', '--cost=4', '--plant=lookup')
  expect(stdout).toMatch(/^recovery by address +known .*, ratio [\d.]+, p = [\de.-]+: DIFFERENT$/m)
  expect(stdout).toMatch(/^FAILED/m)
  expect(code).toBe(1)
})

test('address timing: runs and prints a verdict', async () => {
  const { stdout } = await run('--samples=3', '--warmup=0', '--cost=4')
  expect(stdout).toMatch(/^sign-up with address +known .*: (?:DIFFERENT|no difference)$/m)
  expect(stdout).toMatch(/^(?:FAILED|PASSED)/m)
})
