import { expect, test } from 'vitest'
import { plantTree } from './planted-tree.ts'
import { sumSuites } from './sum-suites.mjs'

const task = { taskId: '@app/a#test', task: 'test', command: 'vitest run', directory: 'a' }
const nothingFailed: string[] = []
const nothingRequired: Record<string, RegExp> = {}

function sum(report: object | undefined, exitCode: number | undefined, required = nothingRequired) {
  using tree = plantTree(report ? { 'a/.cache/test-report.json': JSON.stringify(report) } : { 'a/x': '' })
  return sumSuites(
    tree.root,
    [{ ...task, ...(exitCode === undefined ? {} : { execution: { exitCode } }) }],
    required,
  )
}

test('adds what passed, failed and was skipped', () => {
  const skipped = [{ test: 'x', reason: 'PostgreSQL: no server' }]
  expect(sum({ passed: 3, failed: 1, failedTests: ['x'], skipped }, 1)).toMatchObject({
    passed: 3,
    failed: 1,
    skipped: 1,
  })
})

test('names the reason of a skip once, with the number of tests', () => {
  const skipped = ['x', 'y'].map((name) => ({ test: name, reason: 'PostgreSQL: no server' }))
  expect(sum({ passed: 3, failed: 0, failedTests: nothingFailed, skipped }, 0).notes).toEqual([
    'skipped: 2 in @app/a#test: PostgreSQL: no server',
  ])
})

test('names what failed, up to what can be read', () => {
  const failing = (count: number) =>
    sum(
      {
        passed: 0,
        failed: count,
        failedTests: Array.from({ length: count }, (_, at) => `a > ${at}`),
        skipped: [],
      },
      1,
    ).notes
  expect(failing(2)).toEqual(['failed: 2 in @app/a#test', '  a > 0', '  a > 1'])
  expect(failing(30)).toHaveLength(22)
  expect(failing(30).at(-1)).toBe('  and others, see above')
})

test('a suite that wrote no report failed, whatever its exit', () => {
  expect(sum(undefined, 0)).toMatchObject({ passed: 0, failed: 1 })
  expect(sum(undefined, undefined)).toMatchObject({ passed: 0, failed: 1 })
})

test('a bad exit is a failure although every reported test passed', () => {
  expect(sum({ passed: 3, failed: 0, failedTests: nothingFailed, skipped: [] }, 1)).toMatchObject({
    passed: 3,
    failed: 1,
  })
  expect(sum({ passed: 3, failed: 0, failedTests: nothingFailed, skipped: [] }, undefined)).toMatchObject({
    passed: 3,
    failed: 1,
  })
})

test('a required database or browser may not be skipped', () => {
  const skipped = [{ test: 'x', reason: 'PostgreSQL: no server' }]
  const required = { PostgreSQL: /postgres/i }
  expect(sum({ passed: 3, failed: 0, failedTests: nothingFailed, skipped }, 0, required)).toMatchObject({
    passed: 3,
    failed: 1,
    skipped: 1,
  })
})

test('a package without the script is no suite', () => {
  using tree = plantTree({})
  expect(sumSuites(tree.root, [{ ...task, command: '<NONEXISTENT>' }], nothingRequired)).toMatchObject({
    passed: 0,
    failed: 0,
  })
})
