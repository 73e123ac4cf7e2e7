import { percentile } from '../figures.ts'
import { load } from '../load.ts'
import type { Round } from '../report.ts'
import type { ProtectedCall } from './peers.ts'
import type { RunningPeer } from './start-peer.ts'

/** Sends a protected call of all users at the same time, one request in flight on each connection. */
export async function measureCalls(
  running: RunningPeer,
  { path, expected }: ProtectedCall,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Round> {
  const { port, users } = running
  const cpuBefore = running.cpuMicros()
  const begun = performance.now()
  const loads = users.map(({ username, cookie }) =>
    load(
      { port, path, cookie, expected: expected(username) },
      { connections: Math.ceil(connections / users.length), seconds },
    ),
  )
  const latencies = Float64Array.from((await Promise.all(loads)).flatMap((each) => [...each])).toSorted()
  const tookSeconds = (performance.now() - begun) / 1_000
  return {
    requestsPerSecond: latencies.length / tookSeconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    cpuMicrosPerRequest: (running.cpuMicros() - cpuBefore) / latencies.length,
  }
}
