import { median, percentile, spread } from './figures.ts'
import type { StormReport } from './storm-clients.ts'
import { targetOf } from './verdict.ts'

export interface StormRound {
  /** Hashes per second of the same threads on an idle machine. */
  alonePerSecond: number
  /** Latencies of each subject in ms, shortest first. */
  idle: Float64Array[]
  storm: Float64Array[]
  logins: StormReport
  /** Cores that the server used in the storm, with the hashes of its own threads. */
  cpuShare: number
  /** Cores that other programs used at the same time; null: unknown. */
  others: number | null
}

const targets = { ratio: 3, share: 0.8, busyMs: 100, rssMb: 300 }

/** Formats the results of the rounds. */
export function report(subjects: readonly string[], rounds: readonly StormRound[], maxRssMb: number): string {
  const perSecond = rounds.map(({ logins }) => (logins.completed / logins.completedMs) * 1_000)
  const shares = rounds.map(({ alonePerSecond }, i) => (perSecond[i] ?? 0) / alonePerSecond)
  const busyMs = sorted(rounds.flatMap(({ logins }) => logins.busyMs))
  const longestBusy = percentile(busyMs, 1)
  const longestLogin = Math.max(...rounds.map(({ logins }) => logins.longestMs))
  const completed = rounds.reduce((sum, { logins }) => sum + logins.completed, 0)
  const busyShare = busyMs.length / (busyMs.length + completed)
  const others = rounds.map(({ logins }) => JSON.stringify(logins.others)).join(' ')
  return [
    line('', 'idle p50 ms', 'p99 ms', 'storm p50 ms', 'p99 ms', 'p99 ratio'),
    ...subjects.map((subject, i) => subjectLine(subject, i, rounds)),
    '',
    `log-ins: ${spread(perSecond)}/s; bcrypt alone: ${spread(rounds.map((each) => each.alonePerSecond))}/s`,
    `share of bcrypt alone: ${spread(shares)}, ${targetOf(median(shares), 'at least', targets.share)}`,
    `BUSY: ${(100 * busyShare).toFixed(0)} % of the answers, p50 ${percentile(busyMs, 0.5).toFixed(1)} ms, ` +
      `${targetOf(percentile(busyMs, 0.5), 'at most', targets.busyMs)}; p99 ${percentile(busyMs, 0.99).toFixed(1)} ms`,
    `longest BUSY: ${longestBusy.toFixed(0)} ms; longest log-in: ${longestLogin.toFixed(0)} ms; ` +
      `ratio ${(longestBusy / longestLogin).toFixed(2)}, ${targetOf(longestBusy / longestLogin, 'at most', 1)}`,
    `other answers: ${others}`,
    `memory: at most ${maxRssMb.toFixed(0)} MB, ${targetOf(maxRssMb, 'below', targets.rssMb)}`,
    `CPU of the server in the storm: ${spread(rounds.map(({ cpuShare }) => cpuShare))} cores; other programs: ${spread(
      rounds.map(({ others }) => others ?? Number.NaN),
    )}`,
  ].join('\n')
}

function subjectLine(subject: string, i: number, rounds: readonly StormRound[]): string {
  const idle = rounds.map((round) => round.idle[i] ?? new Float64Array())
  const storm = rounds.map((round) => round.storm[i] ?? new Float64Array())
  const p99 = (latencies: Float64Array) => percentile(latencies, 0.99)
  const ratios = rounds.map((_, at) => p99(storm[at] ?? sorted([])) / p99(idle[at] ?? sorted([])))
  const cells = [0.5, 0.99].map((share) => median(idle.map((each) => percentile(each, share))).toFixed(2))
  cells.push(...[0.5, 0.99].map((share) => median(storm.map((each) => percentile(each, share))).toFixed(2)))
  return `${line(subject, ...cells, spread(ratios))}, ${targetOf(median(ratios), 'at most', targets.ratio)}`
}

function sorted(values: readonly number[]): Float64Array {
  return Float64Array.from(values).toSorted()
}

function line(name: string, ...cells: string[]): string {
  return name.padEnd(14) + cells.map((cell) => ` ${cell.padStart(17)}`).join('')
}
