import { setTimeout as sleep } from 'node:timers/promises'
import type { Target } from './load.ts'
import { openConnection } from './storm-connection.ts'
import type { Connection } from './storm-connection.ts'

/** Asked for by several sessions in turn: one alone may not ask so often. */
export interface SharedTarget extends Omit<Target, 'cookie'> {
  cookies: readonly string[]
}

export interface Rate {
  /** Of each target. */
  requestsPerSecond: number
  seconds: number
}

/**
 * Asks for each target so many times a second, whether or not earlier answers have come: people do not wait
 * for each other.
 * @returns for each target how long the answers took from the moment they were due to be asked for, in ms,
 *   shortest first
 * @throws when an answer is not the expected one
 */
export async function askAtFixedRate(
  targets: readonly SharedTarget[],
  { requestsPerSecond, seconds }: Rate,
): Promise<Float64Array[]> {
  const free: Connection[] = []
  const latenciesMs = targets.map((): number[] => [])
  const asked: Promise<void>[] = []
  const ask = async (target: SharedTarget, fromMs: number, noted: number[]) => {
    const connection = takeOpen(free) ?? openConnection(target.port)
    const host = `127.0.0.1:${target.port}`
    const { status, text } = await connection.ask(
      `GET ${target.path} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookieFor(target, noted.length)}\r\n\r\n`,
    )
    noted.push(performance.now() - fromMs)
    free.push(connection)
    if (status !== 200 || !text.includes(target.expected)) {
      throw new Error(`not the answer of ${target.path}:\n${text}`)
    }
  }

  const everyMs = 1_000 / (requestsPerSecond * targets.length)
  const begun = performance.now()
  for (let i = 0; i * everyMs < seconds * 1_000; i += 1) {
    const dueAt = begun + i * everyMs
    const early = dueAt - performance.now()
    if (early > 0) await sleep(early)
    const [target, noted] = [targets[i % targets.length], latenciesMs[i % targets.length]]
    // A timer may go off a little early; a late one is waiting that counts.
    const fromMs = Math.min(dueAt, performance.now())
    if (target !== undefined && noted !== undefined) asked.push(ask(target, fromMs, noted))
  }
  await Promise.all(asked)
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
