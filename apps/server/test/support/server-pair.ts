import type { AccountSettings } from '@app/router'
import { expect } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'

const crowdSize = 8

/** Two servers with one database and one clock. Concurrent calls race on both and on each of them. */
export interface ServerPair extends AsyncDisposable {
  readonly first: TestApp
  /** Returns the two servers in turns. */
  at(index: number): TestApp
}

/**
 * Raises the limits for concurrent calls: neither address limits nor the hash queue may decide which is
 * first.
 */
export async function serverPair(
  databaseKind: 'sqlite' | 'postgres',
  settings: Partial<AccountSettings> = { limits: 'relaxed' },
): Promise<ServerPair> {
  const roomy = { hashConcurrency: 32, ...settings }
  const first = await testApp({ databaseKind, settings: roomy })
  const second = await testApp({ databaseUrl: first.databaseUrl, clock: first.clock, settings: roomy })
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
export function atOnce<T>(work: (index: number) => Promise<T>, times = crowdSize): Promise<T[]> {
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
