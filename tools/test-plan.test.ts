import { spawnSync } from 'node:child_process'
import { mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { planLine, readPlan } from './test-plan.mjs'

const suite = { report: 'a/.cache/test-report.json', cached: false, seconds: 4 }

test('the plan: says how many suites run, and how long that takes', () => {
  expect(
    planLine([
      { ...suite, taskId: 'a#test', cached: true },
      { ...suite, taskId: 'b#test' },
      { ...suite, taskId: 'c#test', seconds: 30.6 },
    ]),
  ).toBe('3 suites, 1 unchanged, 2 to run in about 35 s: b#test 4 s, c#test 31 s.')
})

test('the plan: is read from a list of all inputs that has two megabytes', () => {
  using folder = mkdtempDisposableSync(path.join(tmpdir(), 'app-plan-'))
  const task = { taskId: 'a#test', task: 'test', command: 'vitest run', directory: 'a' }
  const program = `#!${process.execPath}
process.stdout.write(JSON.stringify({ inputs: 'x'.repeat(2e6), tasks: [${JSON.stringify(task)}] }))`
  writeFileSync(path.join(folder.path, 'turbo'), program, { mode: 0o755 })
  const suites = readPlan(folder.path, ['run', 'test'], { PATH: folder.path })
  expect(suites.map(({ taskId }) => taskId)).toEqual(['a#test'])
})

test('npm test: prints its options', () => {
  const program = path.join(import.meta.dirname, 'test.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--help'], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(/^Usage: npm test -- [^]*--quick[^]*--guides[^]*--filter=/)
})

test('the plan: says that nothing changed', () => {
  expect(planLine([{ ...suite, taskId: 'a#test', cached: true }])).toBe('1 suite, 1 unchanged.')
})
