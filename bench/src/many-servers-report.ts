import { availableParallelism } from 'node:os'
import { median, spread } from './figures.ts'

/** One measurement; CPU times are of one call. */
export interface ScaleRound {
  perSecond: number
  p50Ms: number
  p99Ms: number
  cpuMicros: { servers: number; nginx: number; postgres: number; load: number }
}

/**
 * Prints a table of the subjects, their throughput as ratios, and what bounds it.
 * @param selects of one prepared select, on as many connections to PostgreSQL as `account.me` has to a server
 */
export function printScale(
  subjects: ReadonlyMap<string, readonly ScaleRound[]>,
  selects: readonly ScaleRound[],
): string {
  const [alone, one, two, three] = [...subjects.values()]
  const parts = ['servers', 'nginx', 'postgres', 'load'] as const
  const row = (name: string, rounds: readonly ScaleRound[]) => {
    const of = (pick: (round: ScaleRound) => number) => median(rounds.map(pick))
    const cores = of(({ perSecond, cpuMicros }) => (perSecond * sum(Object.values(cpuMicros))) / 1e6)
    return line(name, [
      of((round) => round.perSecond).toFixed(0),
      of((round) => round.p50Ms).toFixed(1),
      of((round) => round.p99Ms).toFixed(1),
      ...parts.map((part) => of((round) => round.cpuMicros[part]).toFixed(0)),
      cores.toFixed(2),
    ])
  }
  const head = ['calls/s', 'p50 ms', 'p99 ms', ...parts.map((part) => `${part} µs`), 'cores busy']
  const perCore = (part: (typeof parts)[number]) =>
    (1e6 / median((alone ?? []).map((round) => round.cpuMicros[part]))).toFixed(0)
  return [
    line('CPU µs of one call', head),
    ...[...subjects].map(([name, rounds]) => row(name, rounds)),
    row('one prepared select', selects),
    '',
    `2 servers / 1 server: ${ratio(two, one)}`,
    `3 servers / 1 server: ${ratio(three, one)}`,
    `account.me without proxy / one prepared select: ${ratio(alone, selects)}`,
    `one core serves ${perCore('servers')} calls/s in a server, ${perCore('postgres')} in PostgreSQL`,
    boundOf(one),
  ].join('\n')
}

/** A server runs calls on one thread, and the machine has cores for all programs together. */
function boundOf(rounds: readonly ScaleRound[] = []): string {
  const ofServer = 1e6 / median(rounds.map((round) => round.cpuMicros.servers))
  const whole = median(rounds.map((round) => sum(Object.values(round.cpuMicros))))
  const ofMachine = (availableParallelism() * 1e6) / whole
  return (
    `bound of one server: ${ofServer.toFixed(0)} calls/s, its thread; of this machine: ${ofMachine.toFixed(0)}, its ` +
    `${availableParallelism()} cores, so more servers give at most ${Math.max(1, ofMachine / ofServer).toFixed(2)} times`
  )
}

/** Compares rounds in pairs, because those ran at about the same time. */
function ratio(rounds: readonly ScaleRound[] = [], base: readonly ScaleRound[] = []): string {
  return spread(rounds.map((round, index) => round.perSecond / (base[index]?.perSecond ?? Number.NaN)))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

function line(name: string, cells: readonly string[]): string {
  return name.padEnd(26) + cells.map((cell) => cell.padStart(12)).join('')
}
