import { probe } from './probe.ts'
import type { ProbeOptions, ProbeResult } from './probe.ts'

/** What the checks of a server are about. */
export interface Subject {
  /** The address of the server that users open. */
  server: URL
  /** The origin of the pages that call it; often the server's own. */
  page: URL
  /** Where the same host answers plain http; null where it would be another server. */
  plainHttp: URL | null
  timeoutMs: number
  /** Whether to wait for the longest silence of an event stream. */
  waitsForIdle: boolean
  /** The clock of this machine, in milliseconds since 1970 UTC. */
  now: () => number
}

/** Makes a request to a path of the server. */
export function ask(
  { server, timeoutMs }: Subject,
  path: string,
  options: Partial<ProbeOptions> = {},
): Promise<ProbeResult> {
  return probe(new URL(path, server), { timeoutMs, ...options })
}
