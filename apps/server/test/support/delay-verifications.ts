import type { ServerPair } from './server-pair.ts'

/** Password comparisons that have a result, which their callers have not received yet. */
export interface DelayedVerifications {
  /** Resolves when all are delayed. */
  readonly all: Promise<void>
  release(): void
}

/** Delays the next `count` password comparisons on every server; later ones pass. */
export function delayVerifications(servers: ServerPair, count: number): DelayedVerifications {
  const [all, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let held = 0
  for (const { services } of new Set([servers.at(0), servers.at(1)])) {
    const scheme = services.passwordScheme
    services.passwordScheme = {
      ...scheme,
      matches: async (password, hash) => {
        const matches = await scheme.matches(password, hash)
        if (held === count) return matches
        held += 1
        if (held === count) all.resolve()
        await released.promise
        return matches
      },
    }
  }
  return { all: all.promise, release: () => released.resolve() }
}
