import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('benchmark of the client types: prints its results, and whether each meets the target', async () => {
  const program = path.join(import.meta.dirname, '../src/client-types.ts')
  const short = ['--rounds=1', '--procedures=20', '--calls=2', '--compilers=7']
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...short])
  expect(stdout).toMatch(
    /^TypeScript 7, skipLibCheck true .* CPU \d+ ms, with the client [+-]\d+ ms, ratio [\d.]+, target below 500 ms: (?:not )?met$/m,
  )
  expect(stdout).toMatch(/^TypeScript 7, skipLibCheck false /m)
})
