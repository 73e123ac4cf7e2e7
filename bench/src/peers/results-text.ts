import { median } from '../figures.ts'
import type { Round } from '../report.ts'
import { verdictOf } from '../verdict.ts'
import type { Bound } from '../verdict.ts'
import type { ClientSize } from './clients.ts'
import type { Run, Subjects } from './measure-run.ts'
import { largestDifference, lowCost, ratiosToOurs } from './ratios.ts'

/** Costs, and medians of latencies, are those of the last run. A ratio is given for each run. */
export interface Results {
  /** Date, machine, load and versions. */
  about: readonly string[]
  runs: readonly Run[]
  sizes: ReadonlyMap<string, ClientSize>
  /** Why subjects are missing. */
  missing: readonly string[]
}

const wantedTimes = 8
const allowedDifference = 0.1
const allowedSlowdown = 3

export function resultsText({ about, runs, sizes, missing }: Results): string {
  const last = runs.at(-1)
  if (last === undefined) throw new Error('There is no run.')
  return [
    '# Our accounts beside others',
    '`npm run bench:peers` writes this file. [The README](README.md#beside-other-account-systems) explains its rows.',
    about.join('\n'),
    missing.join('\n'),
    targets(runs, last),
    `## Protected calls\n\n${callTable(runs, last)}`,
    `## Log-in and sign-up\n\n${entryTable(runs, last)}`,
    `## Protected calls while clients log in\n\n${stormTable(last)}`,
    `## Client in the browser\n\n${clientTable(runs, last, sizes)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}

function targets(runs: readonly Run[], last: Run): string {
  const check = runs.map(({ calls }) => [...ratiosToOurs(calls, cpu).values()])
  const guard = check.map(([, inGuard = 0]) => inGuard)
  const handler = check.map(([, , inHandler = 0]) => inHandler)
  const difference = largestDifference(runs)
  const [ours = []] = last.storms.values()
  const slowdown = median(ours.map(({ idleP99Ms, stormP99Ms }) => stormP99Ms / idleP99Ms))
  const times = (ratios: number[]) => `${ratios.map((ratio) => ratio.toFixed(2)).join(', ')} times`
  return table(
    ['target', 'measured', ''],
    [
      [
        `better-auth's session check in a tRPC guard takes at least ${wantedTimes} times the CPU time of \`account.me\``,
        times(guard),
        verdict(Math.min(...guard), 'at least', wantedTimes),
      ],
      [
        `the same, get-session of better-auth's handler`,
        times(handler),
        verdict(Math.min(...handler), 'at least', wantedTimes),
      ],
      [
        `p99 of \`account.me\` while clients log in is at most ${allowedSlowdown} times the p99 alone`,
        times([slowdown]),
        verdict(slowdown, 'at most', allowedSlowdown),
      ],
      [
        `the ratios of CPU time of two runs differ by at most ${allowedDifference * 100} %`,
        difference === null ? 'one run' : `${(difference.share * 100).toFixed(1)} % (${difference.name})`,
        verdict(difference?.share ?? Number.NaN, 'at most', allowedDifference),
      ],
    ],
  )
}

function callTable(runs: readonly Run[], { calls }: Run): string {
  const rows = [...calls].map(([name, rounds]) => [
    name,
    (1 / lowCost(rounds, time)).toFixed(0),
    lowCost(rounds, cpu).toFixed(0),
    medianText(rounds, (round) => round.p99Ms, 1),
    ratios(runs, name, (run) => run.calls, cpu),
    ratios(runs, name, (run) => run.calls, time),
  ])
  return table(['', 'calls/s', 'CPU µs', 'p99 ms', 'CPU, times ours', 'time, times ours'], rows)
}

function entryTable(runs: readonly Run[], { logins, signups }: Run): string {
  const rows = [...logins].map(([name, rounds]) => [
    name,
    (1 / lowCost(rounds, time)).toFixed(1),
    (lowCost(rounds, cpu) / 1_000).toFixed(1),
    ratios(runs, name, (run) => run.logins, cpu),
    (1 / lowCost(signups.get(name) ?? [], time)).toFixed(1),
    (lowCost(signups.get(name) ?? [], cpu) / 1_000).toFixed(1),
    ratios(runs, name, (run) => run.signups, cpu),
  ])
  return table(
    ['', 'log-ins/s', 'CPU ms', 'CPU, times ours', 'sign-ups/s', 'CPU ms', 'CPU, times ours'],
    rows,
  )
}

function stormTable({ storms }: Run): string {
  const rows = [...storms].map(([name, rounds]) => [
    name,
    medianText(rounds, (round) => round.idleP99Ms, 1),
    medianText(rounds, (round) => round.stormP99Ms, 1),
    medianText(rounds, (round) => round.stormP99Ms / round.idleP99Ms, 2),
    medianText(rounds, (round) => round.loginsPerSecond, 1),
  ])
  return table(['', 'p99 ms alone', 'p99 ms in the storm', 'ratio', 'log-ins/s'], rows)
}

function clientTable(runs: readonly Run[], { typeChecks }: Run, sizes: Results['sizes']): string {
  const [ours] = sizes.values()
  const rows = [...sizes].map(([name, { minifiedBytes, brotliBytes }]) => [
    name,
    String(minifiedBytes),
    String(brotliBytes),
    (brotliBytes / (ours?.brotliBytes ?? Number.NaN)).toFixed(2),
    lowCost(typeChecks.get(name) ?? [], (ms) => ms).toFixed(0),
    ratios(
      runs,
      name,
      (run) => run.typeChecks,
      (ms) => ms,
    ),
  ])
  return table(['', 'bytes, minified', 'with Brotli', 'times ours', 'type check, CPU ms', 'times ours'], rows)
}

function ratios<R>(
  runs: readonly Run[],
  name: string,
  subjects: (run: Run) => Subjects<R>,
  cost: (round: R) => number,
): string {
  return runs.map((run) => ratiosToOurs(subjects(run), cost).get(name)?.toFixed(2)).join(', ')
}

function cpu(round: Round): number {
  return round.cpuMicrosPerRequest
}

function time(round: Round): number {
  return 1 / round.requestsPerSecond
}

function medianText<R>(rounds: readonly R[], value: (round: R) => number, digits: number): string {
  return median(rounds.map(value)).toFixed(digits)
}

function verdict(figure: number, bound: Bound, limit: number): string {
  const found = verdictOf(figure, bound, limit)
  return found === 'met' ? found : `**${found}**`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |')
  const under = head.map((_, index) => (index === 0 ? '---' : '---:'))
  return [head, under, ...rows].map(line).join('\n')
}
