import { existsSync, mkdtempDisposableSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Run } from '../src/peers/measure-run.ts'
import { largestDifference, ratiosToOurs } from '../src/peers/ratios.ts'
import { resultsText } from '../src/peers/results-text.ts'
import { runProgram } from './run-program.ts'

const isInstalled = existsSync(path.join(import.meta.dirname, '../peers/node_modules'))

test.skipIf(!isInstalled)(
  `benchmark beside other account systems: writes its tables${isInstalled ? '' : ' (npm run bench:peers installs them)'}`,
  async () => {
    using folder = mkdtempDisposableSync(path.join(tmpdir(), 'peers-test-'))
    const file = path.join(folder.path, 'results.md')
    const short = ['--runs=1', '--rounds=1', '--seconds=0.05', '--warmup=50', '--cost=4']
    const { code } = await runProgram('peers/main.ts', ...short, `--output=${file}`)
    expect(code).toBe(0)
    const text = readFileSync(file, 'utf8')
    expect(text).toMatch(/^\| better-auth's session check in a tRPC guard .* \| (\*\*not met\*\*|met) \|$/m)
    expect(text).toMatch(/^\| account\.me( \| [\d.]+){3} \| 1\.00 \| 1\.00 \|$/m)
    expect(text).toMatch(/^\| better-auth, get-session of its handler( \| [\d.]+){5} \|$/m)
    expect(text).toMatch(/^\| express-session, passport( \| [\d.]+){6} \|$/m)
    expect(text).toMatch(/^\| hand-written look-up( \| [\d.]+){4} \|$/m)
    expect(text).toMatch(/^(\| Flask tutorials( \| [\d.]+){5} \||Flask tutorials: not measured.*)$/m)
    expect(text).toMatch(/^\| better-auth and tRPC( \| [\d.]+){5} \|$/m)
  },
)

test('benchmark beside other account systems: compares the rounds that other programs disturbed least', () => {
  const ratioOf = (ours: number[], other: number[]) =>
    ratiosToOurs(new Map(Object.entries({ ours, other })), (cost) => cost).get('other')
  const quiet = [100, 100, 100, 100, 100, 100, 100, 100]
  const disturbed = [230, 300, 100, 510, 100, 420, 180, 250]
  const fourTimes = (costs: number[]) => costs.map((cost) => 4 * cost)
  expect(ratioOf(quiet, fourTimes(quiet))).toBe(4)
  expect(ratioOf(disturbed, fourTimes(quiet))).toBe(4)
  expect(ratioOf(quiet, fourTimes(disturbed))).toBe(4)
})

test('benchmark beside other account systems: a subject that one run lacks is no small difference', () => {
  const run = (names: readonly string[]): Run => ({
    calls: new Map(),
    logins: new Map(),
    signups: new Map(),
    storms: new Map(),
    typeChecks: new Map(names.map((name) => [name, [100]])),
  })
  expect(largestDifference([run(['ours', 'one']), run(['ours', 'one'])])?.share).toBe(0)
  expect(largestDifference([run(['ours', 'one', 'two']), run(['ours', 'two'])])?.share).toBeNaN()
})

test('benchmark beside other account systems: one run does not measure how much two runs differ', () => {
  const run: Run = {
    calls: new Map(),
    logins: new Map(),
    signups: new Map(),
    storms: new Map(),
    typeChecks: new Map(),
  }
  const text = resultsText({ about: [], runs: [run], sizes: new Map(), missing: [] })
  expect(text).toMatch(/^\| the ratios of CPU time .* \| one run \| \*\*not measured\*\* \|$/m)
})
