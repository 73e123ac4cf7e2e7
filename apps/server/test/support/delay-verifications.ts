import type { ServerPair } from './server-pair.ts'

/** Password comparisons that have a result, which their callers have not received yet. */
export interface DelayedVerifications {
  /** Resolves when `count` of them are delayed. */
  readonly allDelayed: Promise<void>
  release(): void
}

/** Delays the next `count` password comparisons on every server; later ones pass. */
export function delayVerifications(servers: Pick<ServerPair, 'at'>, count: number): DelayedVerifications {
  const [allDelayed, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let delayed = 0
  for (const { services } of new Set([servers.at(0), servers.at(1)])) {
    const scheme = services.passwordScheme
    services.passwordScheme = {
      ...scheme,
      matches: async (password, hash) => {
        const matches = await scheme.matches(password, hash)
        if (delayed === count) return matches
        delayed += 1
        if (delayed === count) allDelayed.resolve()
        await released.promise
        return matches
      },
    }
  }
  return { allDelayed: allDelayed.promise, release: () => released.resolve() }
}
