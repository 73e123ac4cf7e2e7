import { median, spread } from './figures.ts'
import { targetOf } from './verdict.ts'
import type { Bound } from './verdict.ts'

export interface Round {
  requestsPerSecond: number
  p50Ms: number
  p99Ms: number
  /** CPU time of the whole server process, with its garbage collector and workers. */
  cpuMicrosPerRequest: number
}

/** Prints the medians of one subject as a line of a table. */
export function row(name: string, rounds: readonly Round[]): string {
  const of = (key: keyof Round, digits: number) => median(rounds.map((round) => round[key])).toFixed(digits)
  return line(name, of('requestsPerSecond', 0), of('p50Ms', 2), of('p99Ms', 2), of('cpuMicrosPerRequest', 0))
}

export const head = line('', 'requests/s', 'p50 ms', 'p99 ms', 'CPU µs/request')

/**
 * Prints the cost of `rounds` relative to `base`. It compares rounds in pairs, because those ran at about the
 * same time.
 */
export function ratio(name: string, rounds: readonly Round[], base: readonly Round[]): string {
  const time = ratiosOf(base, rounds, 'requestsPerSecond')
  const cpu = ratiosOf(rounds, base, 'cpuMicrosPerRequest')
  return `${name.padEnd(34)} time ${spread(time, 2, 'x')}   CPU ${spread(cpu, 2, 'x')}`
}

/** Prints one figure of `rounds` relative to `base`, by pairs of rounds, and whether each target is met. */
export function ratioWithTarget(
  name: string,
  [rounds, base, key]: readonly [readonly Round[], readonly Round[], keyof Round],
  bound: Bound,
  [limit, stretchLimit]: readonly [number, number?],
): string {
  const ratios = ratiosOf(rounds, base, key)
  const stretch =
    stretchLimit === undefined ? '' : `, stretch ${targetOf(median(ratios), bound, stretchLimit)}`
  return `${name.padEnd(34)} ${spread(ratios, 2, 'x')}, ${targetOf(median(ratios), bound, limit)}${stretch}`
}

function ratiosOf(rounds: readonly Round[], base: readonly Round[], key: keyof Round): number[] {
  return rounds.flatMap((round, i) => (base[i] === undefined ? [] : [round[key] / base[i][key]]))
}

function line(name: string, ...cells: string[]): string {
  return name.padEnd(24) + cells.map((cell) => cell.padStart(16)).join('')
}
