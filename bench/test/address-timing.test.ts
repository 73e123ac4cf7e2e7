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
