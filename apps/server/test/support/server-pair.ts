import type { AccountSettings } from '@app/router'
import { expect } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'

const defaultConcurrency = 8

/** Two servers with one database and one clock. Concurrent calls race within a server and between the two. */
export interface ServerPair extends AsyncDisposable {
  readonly first: TestApp
  /** Returns the two servers in turns. */
  at(index: number): TestApp
}

/**
 * Starts two servers on one database. Limits are relaxed, so neither the address limits nor the hash queue
 * decide which of two concurrent calls is first.
 */
export async function serverPair(
  databaseKind: 'sqlite' | 'postgres',
  settings: Partial<AccountSettings> = { limits: 'relaxed' },
): Promise<ServerPair> {
  const relaxed = { hashConcurrency: 32, ...settings }
  const first = await testApp({ databaseKind, settings: relaxed })
  const second = await testApp({ databaseUrl: first.databaseUrl, clock: first.clock, settings: relaxed })
  return {
    first,
    at: (index) => (index % 2 === 0 ? first : second),
    async [Symbol.asyncDispose]() {
      await second[Symbol.asyncDispose]()
      await first[Symbol.asyncDispose]()
    },
  }
}

/** Runs `work` several times concurrently. */
export function inParallel<T>(work: (index: number) => Promise<T>, times = defaultConcurrency): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => work(index)))
}

/** Counts the responses by reason; `ok` for success. */
export function tally(
  outcomes: readonly ({ reason: string } | string | undefined)[],
): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const outcome of outcomes) {
    const name = (typeof outcome === 'object' ? outcome.reason : outcome) ?? 'ok'
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

/**
 * Checks how many calls succeeded, and that the others failed with these reasons only. It accepts every
 * order.
 */
export function expectWinners(
  outcomes: readonly ({ reason: string } | string | undefined)[],
  winners: number,
  reasons: readonly string[],
): void {
  const { ok = 0, ...others } = tally(outcomes)
  expect({ ok, others: Object.keys(others).filter((reason) => !reasons.includes(reason)) }).toEqual({
    ok: winners,
    others: [],
  })
}
