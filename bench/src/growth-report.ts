import { median } from './figures.ts'
import { verdictOf } from './verdict.ts'

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

/** How many times as much a name may take at the largest size as at the smallest. */
const targetRatio = 1.3

/** Prints how many names meet the target, which do not or were not measured, and which takes most. */
export function printTarget(grown: readonly Grown[]): string {
  const [small, large] = [grown[0], grown.slice(1).at(-1)]
  if (small === undefined || large === undefined) return ''
  const lines = Object.entries({ 'CPU time': 'cpuMs', 'time until the answer': 'ms' } as const).map(
    ([figure, key]) => {
      const rows = [...small.spent].map(([name, base]) => {
        const ratio = ratioOf(large.spent.get(name) ?? [], base, key)
        return { name, ratio, verdict: verdictOf(ratio, 'at most', targetRatio) }
      })
      const measured = rows.filter(({ verdict }) => verdict !== 'not measured')
      const worst = measured.toSorted((one, other) => other.ratio - one.ratio)[0]
      const shown = ({ name, ratio }: (typeof rows)[number]) => `${name} ${ratio.toFixed(2)}x`
      const met = rows.filter(({ verdict }) => verdict === 'met').length
      const summary =
        worst === undefined ? 'not measured' : `met by ${met} of ${rows.length} rows, worst ${shown(worst)}`
      return [
        `${figure} with ${large.users} users, target at most ${targetRatio}x that with ${small.users}: ${summary}`,
        ...rows.filter(({ verdict }) => verdict === 'not met').map((each) => `  not met by ${shown(each)}`),
        ...rows.filter((each) => !measured.includes(each)).map(({ name }) => `  not measured: ${name}`),
      ].join('\n')
    },
  )
  return lines.join('\n')
}

/** Compares rounds in pairs, because those ran at about the same time. */
function ratioOf(spent: readonly Spent[], base: readonly Spent[], key: keyof Spent): number {
  return median(spent.map((each, round) => each[key] / (base[round]?.[key] ?? Number.NaN)))
}

function line(name: string, cells: readonly string[]): string {
  return name.padEnd(34) + cells.map((cell) => cell.padStart(14)).join('')
}
