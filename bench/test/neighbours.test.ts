import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('benchmark of noisy neighbours: runs and gets correct responses', async () => {
  const program = path.join(import.meta.dirname, '../src/neighbours.ts')
  const short = [
    '--kind=mixed',
    '--rounds=2',
    '--seconds=0.3',
    '--warmup=0.1',
    '--notes=2',
    '--connections=1',
    '--users=10',
  ]
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...short])
  expect(stdout).toMatch(/^mixed(\t[\d.]+){10}\t(?:not )?met\t\d+\t\{"20[07]":\d+/m)
  // Calls that fail for their input would cost the server little.
  expect(stdout).not.toMatch(/"40[0-8]":/)
})
