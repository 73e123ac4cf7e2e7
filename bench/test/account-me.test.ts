import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('benchmark of account.me: prints its figures, and whether each target is met', async () => {
  const program = path.join(import.meta.dirname, '../src/account-me.ts')
  const short = ['--rounds=1', '--seconds=0.05', '--warmup=0.05']
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...short])
  expect(stdout).toMatch(/^empty Express route( +[\d.]+){4}$/m)
  expect(stdout).toMatch(/^empty tRPC procedure( +[\d.]+){4}$/m)
  expect(stdout).toMatch(/^account\.me( +[\d.]+){4}$/m)
  expect(stdout).toMatch(/^account\.me \/ empty tRPC procedure +time [\d.]+x .* CPU [\d.]+x/m)
  expect(stdout).toMatch(/^32 connections, 1 interleaved rounds/m)
  expect(stdout).toMatch(
    /^requests\/s of the route +[\d.]+x \(.*\), target at least 0\.7: (?:not )?met, stretch target at least 1: (?:not )?met$/m,
  )
  expect(stdout).toMatch(/^p99 of the route +[\d.]+x \(.*\), target at most 3: (?:not )?met$/m)
})
