import type { ClientAuth, Configuration } from 'openid-client'
import type { ProviderSettings } from '../../../settings/provider-settings.ts'
import type { cappedFetch } from './capped-fetch.ts'
import { accountOf } from './claims.ts'
import { ProviderFailure } from './provider-failure.ts'
import type { ProviderProtocol } from './provider.ts'
import { requestSeconds } from './provider.ts'
import { rememberSuccess } from './remember-success.ts'

/** It has no fresh log-in: it knows neither `prompt=login` nor `auth_time`. */
const google = 'https://accounts.google.com'

/**
 * OpenID Connect with a code, PKCE, state, nonce and `iss` (RFC 9207). The provider is discovered when it is
 * first used, and again each hour.
 */
export function oidcProtocol(
  settings: ProviderSettings,
  fetch: ReturnType<typeof cappedFetch>,
): ProviderProtocol {
  const discovered = rememberSuccess(() => discover(settings, fetch))
  const hasFreshLogin = settings.issuer !== google
  return {
    authorizationUrl: async ({ redirectUri, verifier, state, nonce, isFresh }) => {
      const [client, config] = await Promise.all([import('openid-client'), discovered()])
      return client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(isFresh && (hasFreshLogin ? { prompt: 'login', max_age: '0' } : { prompt: 'select_account' })),
      })
    },
    readAccount: async ({ url, verifier, state, nonce, maxAgeSeconds, now }) => {
      const [client, config] = await Promise.all([import('openid-client'), discovered()])
      const tokens = await client.authorizationCodeGrant(config, url, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
        ...(maxAgeSeconds !== null && hasFreshLogin ? { maxAge: maxAgeSeconds } : {}),
      })
      return accountOf(tokens.claims(), { issuer: config.serverMetadata().issuer, now })
    },
  }
}

async function discover(
  { issuer, clientId, clientSecret }: ProviderSettings,
  fetch: ReturnType<typeof cappedFetch>,
): Promise<Configuration> {
  const client = await import('openid-client')
  const [basic, post] = [client.ClientSecretBasic(clientSecret), client.ClientSecretPost(clientSecret)]
  // `client_secret_basic` is the default, but some providers do not decode what the standard encodes.
  const authenticate: ClientAuth = (server, ...rest) =>
    (server.token_endpoint_auth_methods_supported?.includes('client_secret_post') === true ? post : basic)(
      server,
      ...rest,
    )
  const config = await client.discovery(new URL(issuer), clientId, undefined, authenticate, {
    execute: [
      // Without it, the library trusts TLS instead of the signature of the ID token.
      client.enableNonRepudiationChecks,
      ...(issuer.startsWith('http:') ? [client.allowInsecureRequests] : []),
    ],
    timeout: requestSeconds,
    [client.customFetch]: fetch,
  })
  // The library makes exceptions for hosts of Microsoft, whose documents may name any issuer.
  const found = config.serverMetadata().issuer
  if (found !== issuer && found !== `${issuer}/`) throw new ProviderFailure('invalid', 'issuer')
  return config
}
