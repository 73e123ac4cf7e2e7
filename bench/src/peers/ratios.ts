import type { Run, Subjects } from './measure-run.ts'

/**
 * Returns the mean of the cheapest quarter of the rounds. Other programs, and functions that V8 has not
 * compiled yet, only add to a cost, so the cheapest rounds of two runs differ least.
 */
export function lowCost<R>(rounds: readonly R[], cost: (round: R) => number): number {
  const lowest = rounds
    .map(cost)
    .toSorted((one, other) => one - other)
    .slice(0, Math.ceil(rounds.length / 4))
  return lowest.reduce((sum, each) => sum + each, 0) / lowest.length
}

/** Returns how many times our cost each subject has. */
export function ratiosToOurs<R>(subjects: Subjects<R>, cost: (round: R) => number): Map<string, number> {
  const [ours = []] = subjects.values()
  return new Map([...subjects].map(([name, rounds]) => [name, lowCost(rounds, cost) / lowCost(ours, cost)]))
}

export interface Difference {
  name: string
  /** Between the ratios of both runs, as a share of the lower one. */
  share: number
}

/** Returns the ratio of CPU time that differs most between the first two runs, or null for one run. */
export function largestDifference(runs: readonly Run[]): Difference | null {
  const [first, second] = runs.map(cpuRatios)
  if (first === undefined || second === undefined) return null
  const differences = [...first].map(([name, ratio]) => {
    const other = second.get(name) ?? Number.NaN
    return { name, share: Math.max(ratio, other) / Math.min(ratio, other) - 1 }
  })
  return differences.reduce((most, each) =>
    // NaN, of a subject that one of the runs lacks, is no small difference.
    Number.isNaN(most.share) || each.share <= most.share ? most : each,
  )
}

function cpuRatios({ calls, logins, signups, typeChecks }: Run): Map<string, number> {
  const groups = [
    ['protected call', ratiosToOurs(calls, (round) => round.cpuMicrosPerRequest)],
    ['log-in', ratiosToOurs(logins, (round) => round.cpuMicrosPerRequest)],
    ['sign-up', ratiosToOurs(signups, (round) => round.cpuMicrosPerRequest)],
    ['type check', ratiosToOurs(typeChecks, (ms) => ms)],
  ] as const
  return new Map(
    groups.flatMap(([group, ratios]) =>
      [...ratios].map(([name, ratio]): [string, number] => [`${group}, ${name}`, ratio]),
    ),
  )
}
