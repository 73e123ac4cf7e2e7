import { randomBytes } from 'node:crypto'
import type { Log } from '../../../ports/log.ts'
import { createInFlightCounter } from '../../../rate-limits/in-flight-counter.ts'
import type { ProviderSettings } from '../../../settings/provider-settings.ts'
import { cappedFetch } from './capped-fetch.ts'
import { githubProtocol } from './github-protocol.ts'
import { oidcProtocol } from './oidc-protocol.ts'
import { logProviderFailure, providerFailureOf } from './provider-failure.ts'
import type { ProviderFailureReason } from './provider-failure.ts'
import type {
  AttemptSecrets,
  AuthorizationAnswer,
  AuthorizationRequest,
  OutsideAccount,
  ProviderProtocol,
} from './provider.ts'

type Answered<T> = ({ reason: null } & T) | { reason: ProviderFailureReason }

/** One provider of the settings. Its functions take at most 5 seconds for each request, and never throw. */
export interface Provider {
  readonly name: string
  readonly label: string
  /** The redirect URI, made of PUBLIC_URL only. */
  redirectUri(): string
  /** @returns the address at the provider to which the browser is sent */
  authorizationUrl(
    request: Omit<AuthorizationRequest, 'redirectUri'>,
    requestId: string | null,
  ): Promise<Answered<{ url: string }>>
  /** @param answer its `search` is the query of the callback, `?` included */
  readAccount(
    answer: Omit<AuthorizationAnswer, 'url'> & { search: string },
    requestId: string | null,
  ): Promise<Answered<{ account: OutsideAccount }>>
  /** How often it did not prove an identity in this process. */
  readonly failures: ReadonlyMap<ProviderFailureReason, number>
}

export type Providers = ReadonlyMap<string, Provider>

const protocols = { oidc: oidcProtocol, github: githubProtocol } as const

/** Makes the providers of the settings. Asks none of them and loads no library until one is used. */
export function createProviders(
  settings: readonly ProviderSettings[],
  { log, publicUrl }: { log: Log; publicUrl: () => string },
): Providers {
  const inFlight = createInFlightCounter()
  return new Map(
    settings.map((each) => {
      const { name, label, protocol } = each
      const asking = protocols[protocol](each, cappedFetch(inFlight, name))
      const redirectUri = () => `${publicUrl()}/auth/${name}/callback`
      return [name, { name, label, redirectUri, ...answersOf(asking, { log, name, redirectUri }) }]
    }),
  )
}

/** Turns what the protocol throws into reasons, and logs them. */
function answersOf(
  protocol: ProviderProtocol,
  { log, name, redirectUri }: { log: Log; name: string; redirectUri: () => string },
): Pick<Provider, 'authorizationUrl' | 'readAccount' | 'failures'> {
  const failures = new Map<ProviderFailureReason, number>()
  const failed = (error: unknown, requestId: string | null) => {
    const failure = providerFailureOf(error)
    failures.set(failure.reason, (failures.get(failure.reason) ?? 0) + 1)
    logProviderFailure(log, failure, { provider: name, requestId })
    return { reason: failure.reason }
  }
  return {
    failures,
    authorizationUrl: async (request, requestId) => {
      try {
        const url = await protocol.authorizationUrl({ ...request, redirectUri: redirectUri() })
        return { reason: null, url: url.href }
      } catch (error) {
        return failed(error, requestId)
      }
    },
    readAccount: async ({ search, ...answer }, requestId) => {
      try {
        const account = await protocol.readAccount({ ...answer, url: new URL(redirectUri() + search) })
        return { reason: null, account }
      } catch (error) {
        return failed(error, requestId)
      }
    },
  }
}

/** Makes the random values of one attempt: 256 bits each. */
export function newAttemptSecrets(): AttemptSecrets {
  const random = () => randomBytes(32).toString('base64url')
  return { verifier: random(), state: random(), nonce: random() }
}
