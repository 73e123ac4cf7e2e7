import type { AccountSettings } from '@app/router'
import { expect } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'

const crowdSize = 8

/** Two servers with one database and one clock: a crowd on both also races on each of them. */
export interface ServerPair extends AsyncDisposable {
  readonly first: TestApp
  /** They take turns. */
  at(index: number): TestApp
}

/** Room for a crowd: neither the limits for addresses nor the line of hashes may decide who is first. */
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

/** `work` so many times at once. */
export function atOnce<T>(work: (index: number) => Promise<T>, times = crowdSize): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => work(index)))
}

/** How often each reason was given; `ok` for those who succeeded. */
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
 * Where it is not for the test to say who is faster: so many succeeded, and the others failed for these
 * reasons only.
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
