import { setTimeout as sleep } from 'node:timers/promises'
import type { Target } from './load.ts'
import { openConnection, rawRequest } from './storm-connection.ts'
import type { Connection } from './storm-connection.ts'

/** A target that several users request in turn, because one user may not request so often. */
export interface SharedTarget extends Omit<Target, 'cookie'> {
  cookies: readonly string[]
  /** Returns the body of a POST. Default: the requests are GETs. */
  body?: (count: number) => object
}

export interface Rate {
  /** For each target. */
  requestsPerSecond: number
  seconds: number
}

/**
 * Requests each target at a fixed rate and does not wait for earlier responses, because users do not wait for
 * each other.
 * @returns for each target the latencies in ms from the scheduled time of the request, shortest first
 * @throws if a response is not the expected one
 */
export async function requestAtFixedRate(
  targets: readonly SharedTarget[],
  { requestsPerSecond, seconds }: Rate,
): Promise<Float64Array[]> {
  const free: Connection[] = []
  const latenciesMs = targets.map((): number[] => [])
  const requests: Promise<void>[] = []
  const send = async (target: SharedTarget, count: number, fromMs: number, recorded: number[]) => {
    const connection = takeOpen(free) ?? openConnection(target.port)
    const host = `127.0.0.1:${target.port}`
    const { path, body } = target
    const call = body === undefined ? { method: 'GET', path } : { method: 'POST', path, body: body(count) }
    const { status, text } = await connection.ask(rawRequest(host, call, cookieFor(target, count)))
    recorded.push(performance.now() - fromMs)
    free.push(connection)
    if (status !== 200 || !text.includes(target.expected)) {
      throw new Error(`unexpected response of ${target.path}:\n${text}`)
    }
  }

  const everyMs = 1_000 / (requestsPerSecond * targets.length)
  const startedAt = performance.now()
  for (let i = 0; i * everyMs < seconds * 1_000; i += 1) {
    const dueAt = startedAt + i * everyMs
    const early = dueAt - performance.now()
    if (early > 0) await sleep(early)
    const [target, recorded] = [targets[i % targets.length], latenciesMs[i % targets.length]]
    // A timer may run a little early. A late one counts as latency.
    const fromMs = Math.min(dueAt, performance.now())
    if (target !== undefined && recorded !== undefined)
      requests.push(send(target, Math.floor(i / targets.length), fromMs, recorded))
  }
  await Promise.all(requests)
  for (const connection of free) connection.close()
  return latenciesMs.map((each) => Float64Array.from(each).toSorted())
}

function cookieFor({ cookies }: SharedTarget, count: number): string {
  return cookies[count % cookies.length] ?? ''
}

function takeOpen(free: Connection[]): Connection | undefined {
  for (;;) {
    const connection = free.pop()
    if (connection === undefined || connection.isOpen) return connection
  }
}
