import { generateKeyPairSync } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { ProviderSettings } from '@app/router'
import Provider from 'oidc-provider'
import { listening } from '../support/listening.ts'
import type { Listening } from '../support/listening.ts'
import { memoryAdapter } from './memory-adapter.ts'

/** A certified provider of OpenID Connect, whose user agrees to everything. */
export interface RealProvider extends Listening {
  /** The account that logs in next. Null: the user cancels. */
  account: { sub: string; [claim: string]: unknown } | null
  /** The settings of an installation that is registered with it. */
  settings: ProviderSettings
  /** Registers installations, and starts to answer. */
  register(...redirectUris: string[]): void
}

const signingKey = {
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  use: 'sig',
}
const kinds = ['Interaction', 'Session', 'Grant', 'AccessToken', 'AuthorizationCode', 'IdToken']

const client = { clientId: 'accounts', clientSecret: 'a-client-secret-of-tests' }

export async function realProvider(name = 'acme'): Promise<RealProvider> {
  let handle: RequestListener = (_request, response) => void response.writeHead(503).end()
  const at = await listening((request, response) => handle(request, response))
  const state: Pick<RealProvider, 'account'> = { account: { sub: 'ada' } }
  const settings = { name, label: 'Acme', protocol: 'oidc', issuer: at.url, ...client } as const
  return Object.assign(state, {
    ...at,
    settings,
    register: (...redirectUris: string[]) => {
      handle = answering(at.url, redirectUris, state)
    },
    [Symbol.asyncDispose]: at[Symbol.asyncDispose],
  })
}

function answering(
  issuer: string,
  redirectUris: string[],
  state: Pick<RealProvider, 'account'>,
): RequestListener {
  const accounts = new Map<string, object>()
  const registration = {
    client_id: client.clientId,
    client_secret: client.clientSecret,
    redirect_uris: redirectUris,
    token_endpoint_auth_method: 'client_secret_basic',
  }
  const provider = new Provider(issuer, {
    clients: [registration],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    conformIdTokenClaims: false,
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
    cookies: { keys: ['a cookie key of tests'] },
    adapter: memoryAdapter(),
    jwks: { keys: [signingKey] },
    ttl: Object.fromEntries(kinds.map((kind) => [kind, 600])),
    findAccount: (_ctx: unknown, id: string) => ({ accountId: id, claims: () => accounts.get(id) }),
  })
  const callback = provider.callback()
  const finishInteraction = async (request: IncomingMessage, response: ServerResponse) => {
    const { account } = state
    const { prompt, params, session } = await provider.interactionDetails(request, response)
    if (account === null) {
      const refusal = { error: 'access_denied', error_description: '<b>cancelled</b>' }
      return provider.interactionFinished(request, response, refusal)
    }
    accounts.set(account.sub, account)
    if (prompt.name === 'login') {
      return provider.interactionFinished(request, response, { login: { accountId: account.sub } })
    }
    const accountId = session?.accountId ?? account.sub
    const grant = new provider.Grant({ accountId, clientId: params.client_id })
    grant.addOIDCScope('openid profile email')
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
  }
  return (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) return callback(request, response)
    finishInteraction(request, response).catch(() => response.destroy())
  }
}
