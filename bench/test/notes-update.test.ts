import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('benchmark of notes.update: prints its figures, and whether the target is met', async () => {
  const program = path.join(import.meta.dirname, '../src/notes-update.ts')
  const short = ['--rounds=1', '--seconds=0.05', '--users=2']
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...short])
  expect(stdout).toMatch(/^notes\.update, calls\/s +\d+ \(/m)
  expect(stdout).toMatch(
    /^notes\.update \/ writer thread +[\d.]+ \(.*\), target at least 0\.7: (?:not )?met$/m,
  )
  expect(stdout).toMatch(/^notes\.update \/ one connection +[\d.]+ \(/m)
})
