import { percentile } from './report.ts'

/** What one call took. */
export interface Spent {
  ms: number
  /** CPU time of the server and of its connections to PostgreSQL. */
  cpuMs: number
}

export interface Grown {
  users: number
  /** What each measured name took, in the order of the rounds. */
  spent: ReadonlyMap<string, readonly Spent[]>
}

/** Prints the median of each name at the smallest size, and how many times as much the others take. */
export function printGrowth([small, ...larger]: readonly Grown[]): string {
  if (small === undefined) return ''
  const columns = (unit: string) => [`${small.users}, ${unit}`, ...larger.map(({ users }) => String(users))]
  const head = line('users', [...columns('CPU ms'), ...columns('ms')])
  const rows = [...small.spent].map(([name, base]) => {
    const cells = (key: keyof Spent) => [
      median(base.map((spent) => spent[key])).toFixed(2),
      ...larger.map(({ spent }) => `${ratioOf(spent.get(name) ?? [], base, key).toFixed(2)}x`),
    ]
    return line(name, [...cells('cpuMs'), ...cells('ms')])
  })
  return [head, ...rows].join('\n')
}

/** Compares rounds in pairs, because those ran at about the same time. */
function ratioOf(spent: readonly Spent[], base: readonly Spent[], key: keyof Spent): number {
  return median(spent.map((each, round) => each[key] / (base[round]?.[key] ?? Number.NaN)))
}

function median(values: readonly number[]): number {
  return percentile(Float64Array.from(values).toSorted(), 0.5)
}

function line(name: string, cells: readonly string[]): string {
  return name.padEnd(34) + cells.map((cell) => cell.padStart(14)).join('')
}
