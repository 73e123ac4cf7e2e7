import { readdirSync } from 'node:fs'
import { temporaryFolder } from '@app/router/testing'
import { expect, test } from 'vitest'
import { runProgram } from './run-program.ts'

test('benchmark of growth: prints ratios to the smallest database, and removes the databases', async () => {
  using folder = temporaryFolder()
  const short = ['--sizes=100,200', '--rounds=1', '--starts=1', `--folder=${folder.path}`]
  const { code, stdout } = await runProgram('growth.ts', ...short)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^users +100, CPU ms +200 +100, ms +200$/m)
  for (const name of [
    'account.me',
    'users.list, search of many',
    'audit.list, one event',
    'start of a server',
  ])
    expect(stdout).toMatch(new RegExp(`^${name}(?: +[\\d.]+ +[\\d.]+x){2}$`, 'm'))
  expect(readdirSync(folder.path)).toEqual([])
})
