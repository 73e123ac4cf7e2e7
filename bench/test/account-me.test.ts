import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('benchmark of account.me: runs and gets correct responses', async () => {
  const program = path.join(import.meta.dirname, '../src/account-me.ts')
  const short = ['--rounds=1', '--seconds=0.05', '--warmup=0.05']
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...short])
  expect(stdout).toMatch(/^empty Express route( +[\d.]+){4}$/m)
  expect(stdout).toMatch(/^empty tRPC procedure( +[\d.]+){4}$/m)
  expect(stdout).toMatch(/^account\.me( +[\d.]+){4}$/m)
  expect(stdout).toMatch(/^account\.me \/ empty tRPC procedure +time [\d.]+x .* CPU [\d.]+x/m)
})
