import { median, percentile } from './figures.ts'
import { signUpForBench } from './sign-up-for-bench.ts'
import type { BuiltServer } from './start-and-memory-server.ts'
import { requestAtFixedRate } from './storm-fixed-rate.ts'
import type { SharedTarget } from './storm-fixed-rate.ts'
import { targetOf } from './verdict.ts'

/** A server, and a user who calls it. */
export interface Subject {
  server: BuiltServer
  metricsPort: number
  target: SharedTarget
}

interface Comparison {
  rounds: number
  requestsPerSecond: number
  seconds: number
}

/** Streams slow calls down when these are more than so many times as long beside them. */
const targetRatio = 1.25

export async function createSubject(server: BuiltServer, metricsPort: number): Promise<Subject> {
  const cookie = await signUpForBench(`http://127.0.0.1:${server.port}`, 'caller')
  const target = {
    port: server.port,
    path: '/trpc/account.me',
    cookies: [cookie],
    expected: '"username":"caller"',
  }
  return { server, metricsPort, target }
}

/**
 * Measures calls of both subjects by turns, and prints the ratio of the second one's latencies to the first
 * one's of the same round.
 */
export async function compareCalls(
  subjects: readonly Subject[],
  { rounds, requestsPerSecond, seconds }: Comparison,
): Promise<void> {
  const latencies = subjects.map((): Float64Array[] => [])
  const before = await Promise.all(subjects.map(scavengesOf))
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { target }] of subjects.entries()) {
      const [each = []] = await requestAtFixedRate([target], { requestsPerSecond, seconds })
      latencies[index]?.push(Float64Array.from(each).toSorted())
    }
  }
  const after = await Promise.all(subjects.map(scavengesOf))
  for (const [name, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    const [quietMs = [], streamsMs = []] = latencies.map((each) =>
      each.map((round) => percentile(round, share)),
    )
    const ratio = median(streamsMs.map((ms, round) => ms / (quietMs[round] ?? Number.NaN)))
    console.log(
      `${latencyLine(name, median(quietMs), median(streamsMs), ratio)}, ${targetOf(ratio, 'at most', targetRatio)}`,
    )
  }
  // A round has too few calls for it.
  const [quietMs = Number.NaN, streamsMs = Number.NaN] = latencies.map((each) =>
    percentile(Float64Array.from(each.flatMap((round) => [...round])).toSorted(), 0.999),
  )
  console.log(latencyLine('p99.9', quietMs, streamsMs, streamsMs / quietMs))
  const [quiet = '', streams = ''] = after.map(({ count, ms }, index) => {
    const scavenges = count - (before[index]?.count ?? 0)
    const meanMs = (ms - (before[index]?.ms ?? 0)) / Math.max(1, scavenges)
    return `${scavenges} of ${meanMs.toFixed(2)} ms`
  })
  console.log(
    `       scavenges ${quiet} without, ${streams} with; ${rounds * requestsPerSecond * seconds} calls of each server`,
  )
}

function latencyLine(name: string, quietMs: number, streamsMs: number, ratio: number): string {
  return `       account.me ${name} ${quietMs.toFixed(2)} ms without, ${streamsMs.toFixed(2)} ms with, ratio ${ratio.toFixed(2)}`
}

/** Reads how many collections of the young generation there were, and how long the calls waited for them. */
async function scavengesOf({ metricsPort }: Subject): Promise<{ count: number; ms: number }> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  const of = (name: string) =>
    Number(
      new RegExp(`^nodejs_gc_duration_seconds_${name}\\{kind="minor"\\} (.+)$`, 'm').exec(text)?.[1] ?? 0,
    )
  return { count: of('count'), ms: of('sum') * 1_000 }
}
