// Runs Lighthouse on the login page and the page with notes; see bench/README.md.
import { spawnSync } from 'node:child_process'
import { mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { reply, startProgram } from './child-program.ts'
import { callBench, signUpForBench } from './sign-up-for-bench.ts'
import { targetOf, verdictOf } from './verdict.ts'
import type { Bound } from './verdict.ts'

/**
 * Runs by `pnpm dlx`, because it would be the largest dependency, with a hundred packages, of a program that
 * few developers run.
 */
const lighthouse = 'lighthouse@13.5.0'
const goal = 95
/** Goal on this machine, without simulated throttling. */
const usableGoalMs = 1_000
/** The limit of a good score at web.dev. */
const shiftGoal = 0.1
const chromeFlags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run']

interface LighthouseReport {
  categories: Record<string, { title: string; score: number | null }>
  audits: Record<string, { title: string; score: number | null; numericValue?: number }>
}

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    notes: { type: 'string', default: '50' },
    /** Prints the audits that lost points. */
    details: { type: 'boolean', default: false },
  },
})

using folder = mkdtempDisposableSync(path.join(tmpdir(), 'app-lighthouse-'))
const server = startProgram('server.ts')
const port = Number(await reply(server))
const url = `http://localhost:${port}`
const cookie = await signUpForBench(url, 'bench')
for (let count = 0; count < Number(values.notes); count += 1) {
  await callBench(
    url,
    'notes.create',
    { title: `Note ${count}`, body: 'What is to be remembered. '.repeat(9) },
    cookie,
  )
}

console.log(
  `Node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`,
)
console.log(`${lighthouse}, ${values.runs} runs each, the worst of them, ${values.notes} notes\n`)
let isMet = true
for (const [name, at, header] of [
  ['log-in', '/login', {}],
  ['notes', '/', { cookie }],
] as const) {
  for (const form of ['mobile', 'desktop'] as const) {
    const runs = Array.from({ length: Number(values.runs) }, () => run(`${url}${at}`, header, form))
    const worst = worstScores(runs)
    const scores = Object.entries(worst).map(([category, score]) => `${category} ${score}`)
    const lowest = Math.min(...Object.values(worst))
    console.log(`${name}, ${form}: ${scores.join(' · ')}, ${check(lowest, 'at least', goal)}`)
    if (values.details) console.log(lostPoints(runs[0]))
  }
  // On this machine with a cold cache, without the slow phone and network that Lighthouse simulates.
  const here = Array.from({ length: Number(values.runs) }, () => run(`${url}${at}`, header, 'here'))
  const worstOf = (id: string) =>
    Math.max(...here.map(({ audits }) => audits[id]?.numericValue ?? Number.NaN))
  const [usableMs, shift] = [worstOf('interactive'), worstOf('cumulative-layout-shift')]
  console.log(
    `${name}, this machine: painted ${ms(worstOf('first-contentful-paint'))}, ` +
      `usable ${ms(usableMs)}, ${check(usableMs, 'below', usableGoalMs, 'ms')}, ` +
      `layout shift ${shift.toFixed(3)}, ${check(shift, 'below', shiftGoal)}\n`,
  )
}
server.disconnect()
console.log(
  `${isMet ? 'All met' : 'NOT all met'}: every score at ${goal} or above; on this machine usable in less than ` +
    `${ms(usableGoalMs)} with a layout shift below ${shiftGoal}.`,
)
process.exitCode = isMet ? 0 : 1

/** Formats a target, and remembers when one is not met. */
function check(figure: number, bound: Bound, limit: number, unit?: string): string {
  isMet &&= verdictOf(figure, bound, limit) === 'met'
  return targetOf(figure, bound, limit, unit)
}

function run(address: string, headers: object, form: 'mobile' | 'desktop' | 'here'): LighthouseReport {
  const headersFile = path.join(folder.path, 'headers.json')
  const reportFile = path.join(folder.path, 'report.json')
  writeFileSync(headersFile, JSON.stringify(headers))
  const pnpm = path.join(import.meta.dirname, '../../tools/pnpm.mjs')
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      pnpm,
      '--silent',
      'dlx',
      lighthouse,
      address,
      '--quiet',
      '--no-enable-error-reporting',
      '--output=json',
      `--output-path=${reportFile}`,
      `--extra-headers=${headersFile}`,
      `--chrome-flags=${chromeFlags.join(' ')}`,
      ...(form === 'mobile' ? [] : ['--preset=desktop']),
      ...(form === 'here' ? ['--throttling-method=provided', '--only-categories=performance'] : []),
    ],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr)
  // Sound: the pinned version writes this type.
  return JSON.parse(readFileSync(reportFile, 'utf8')) as LighthouseReport
}

function worstScores(reports: readonly LighthouseReport[]): Record<string, number> {
  const worst: Record<string, number> = {}
  for (const { categories } of reports) {
    for (const { title, score } of Object.values(categories)) {
      worst[title] = Math.min(worst[title] ?? 100, Math.round((score ?? 0) * 100))
    }
  }
  return worst
}

function lostPoints(report: LighthouseReport | undefined): string {
  return Object.entries(report?.audits ?? {})
    .filter(([, { score }]) => score !== null && score < 0.9)
    .map(([id, { title, score }]) => `  ${id} ${score}: ${title}`)
    .join('\n')
}

function ms(value: number): string {
  return `${Math.round(value)} ms`
}
