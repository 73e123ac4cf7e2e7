import { readdirSync } from 'node:fs'
import { appRouter } from '@app/router'
import { temporaryFolder } from '@app/router/testing'
import { expect, test } from 'vitest'
import { printTarget } from '../src/growth-report.ts'
import { runProgram } from './run-program.ts'

// Sound: tRPC stores procedures flat by path.
const procedures = appRouter._def.procedures as object as Record<string, { _def: { type: string } }>
/** Two read no table, and an export is as long as the data of its user. */
const unmeasured = ['auth.options', 'identities.pending', 'account.export']
/** The procedures that read rows of which there may be many. `get` reads one by its key. */
const reads = Object.entries(procedures)
  .filter(([path, { _def }]) => _def.type === 'query' && !unmeasured.includes(path) && !path.endsWith('.get'))
  .map(([path]) => path)

test('benchmark of growth: prints ratios to the smallest database and which meet the target, and removes the databases', async () => {
  using folder = temporaryFolder()
  const short = ['--sizes=100,200', '--rounds=1', '--starts=1', `--folder=${folder.path}`]
  const { code, stdout } = await runProgram('growth.ts', ...short)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^users +100, CPU ms +200 +100, ms +200$/m)
  const rows = [...stdout.matchAll(/^(\S.*?) +[\d.]+ +[\d.]+x +[\d.]+ +[\d.]+x$/gm)].map(
    ([, name = '']) => name,
  )
  expect(rows).toContain('users.list, search of many')
  expect(rows).toContain('start of a server')
  const measured = rows.map((name) => name.split(',', 1).join())
  expect(reads.filter((path) => !measured.includes(path))).toEqual([])
  const count = rows.length
  for (const figure of ['CPU time', 'time until the answer'])
    expect(stdout).toMatch(
      new RegExp(
        `^${figure} with 200 users, target at most 1.3x that with 100: met by \\d+ of ${count} rows, worst \\S.* [\\d.]+x`,
        'm',
      ),
    )
  expect(readdirSync(folder.path)).toEqual([])
})

test('benchmark of growth: a row without measurements neither meets nor misses the target', () => {
  const spent = (...cpuMs: number[]) => cpuMs.map((each) => ({ ms: 1, cpuMs: each }))
  const grown = (users: number, list: number, starts: number[]) => {
    const rows = { list: spent(list), search: spent(1), 'start of a server': spent(...starts) }
    return { users, spent: new Map(Object.entries(rows)) }
  }
  const [cpuTime] = printTarget([grown(100, 1, [1]), grown(200, 1.4, [])]).split('\ntime until')
  expect(cpuTime).toBe(
    [
      'CPU time with 200 users, target at most 1.3x that with 100: met by 1 of 3 rows, worst list 1.40x',
      '  not met by list 1.40x',
      '  not measured: start of a server',
    ].join('\n'),
  )
  const none = { users: 100, spent: new Map() }
  expect(printTarget([none, { ...none, users: 200 }])).toMatch(
    /^CPU time with .* that with 100: not measured$/m,
  )
})
