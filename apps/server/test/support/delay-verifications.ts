import type { ServerPair } from './server-pair.ts'

/** Passwords that are found right or wrong, and whose callers have not acted on it yet. */
export interface DelayedVerifications {
  /** Resolves when so many are held. */
  readonly all: Promise<void>
  release(): void
}

/** Holds the next comparisons of a password on every server; those that come later pass. */
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
