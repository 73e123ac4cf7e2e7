import { percentile } from './report.ts'

export interface Grown {
  users: number
  /** Milliseconds of each measured name, in the order of the rounds. */
  times: ReadonlyMap<string, readonly number[]>
}

/** Prints the median of each name at the smallest size, and how many times as long the others take. */
export function printGrowth([small, ...larger]: readonly Grown[]): string {
  if (small === undefined) return ''
  const head = line('', [`${small.users} users, ms`, ...larger.map(({ users }) => `${users} users`)])
  const rows = [...small.times].map(([name, base]) =>
    line(name, [
      median(base).toFixed(2),
      ...larger.map(({ times }) => `${ratioOf(times.get(name) ?? [], base).toFixed(2)}x`),
    ]),
  )
  return [head, ...rows].join('\n')
}

/** Compares rounds in pairs, because those ran at about the same time. */
function ratioOf(times: readonly number[], base: readonly number[]): number {
  return median(times.map((ms, round) => ms / (base[round] ?? Number.NaN)))
}

function median(values: readonly number[]): number {
  return percentile(Float64Array.from(values).toSorted(), 0.5)
}

function line(name: string, cells: readonly string[]): string {
  return name.padEnd(34) + cells.map((cell) => cell.padStart(18)).join('')
}
