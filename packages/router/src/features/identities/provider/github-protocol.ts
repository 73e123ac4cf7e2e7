import type { CustomFetchOptions } from 'openid-client'
import { z } from 'zod'
import type { ProviderSettings } from '../../../settings/provider-settings.ts'
import { shownText } from './account-texts.ts'
import type { cappedFetch } from './capped-fetch.ts'
import { ProviderFailure } from './provider-failure.ts'
import type { ProviderProtocol } from './provider.ts'
import { requestSeconds } from './provider.ts'

/** The parts of a user of GitHub's REST API that are read. A login can be renamed; the id stays. */
const GitHubUser = z.object({
  id: z.int().positive(),
  login: z.string().regex(/^[\w-]{1,100}$/),
  name: z.unknown().optional(),
})

/**
 * OAuth 2 as GitHub has it: without ID tokens, so the account is read from its API. The redirect URI is its
 * own for each provider, because the answer does not always name its issuer (RFC 9700 section 4.4.2.2).
 */
export function githubProtocol(
  { issuer: base, clientId, clientSecret }: ProviderSettings,
  fetch: ReturnType<typeof cappedFetch>,
): ProviderProtocol {
  const issuer = `${base}/login/oauth`
  const api = base === 'https://github.com' ? 'https://api.github.com' : `${base}/api/v3`
  const configure = async () => {
    const client = await import('openid-client')
    const server = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/access_token`,
      code_challenge_methods_supported: ['S256'],
    }
    const config = new client.Configuration(server, clientId, {}, client.ClientSecretPost(clientSecret))
    config.timeout = requestSeconds
    config[client.customFetch] = (url, options) => fetchWithStatus(fetch, url, options)
    if (base.startsWith('http:')) client.allowInsecureRequests(config)
    return { client, config }
  }
  return {
    authorizationUrl: async ({ redirectUri, verifier, state, isFresh }) => {
      const { client, config } = await configure()
      // No scope: the public profile is enough.
      return client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        state,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(isFresh && { prompt: 'select_account' }),
      })
    },
    readAccount: async ({ url, verifier, state }) => {
      const { client, config } = await configure()
      const { access_token: token } = await client.authorizationCodeGrant(config, url, {
        pkceCodeVerifier: verifier,
        expectedState: state,
      })
      const headers = new Headers({ accept: 'application/vnd.github+json' })
      const userUrl = new URL(`${api}/user`)
      const answer = await client.fetchProtectedResource(config, token, userUrl, 'GET', null, headers)
      const user = GitHubUser.safeParse(answer.ok ? await answer.json().catch(() => null) : null)
      if (!user.success) throw new ProviderFailure('invalid', 'user')
      const { id, login, name } = user.data
      return { issuer: base, subject: String(id), login, name: shownText(name), email: null }
    },
  }
}

/** GitHub answers errors of the token endpoint with status 200, where RFC 6749 section 5.2 asks for 400. */
async function fetchWithStatus(
  fetch: ReturnType<typeof cappedFetch>,
  url: string,
  options: CustomFetchOptions,
): Promise<Response> {
  const answer = await fetch(url, options)
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true
  if (answer.status !== 200 || !isJson) return answer
  const body = await answer.text()
  const isError = /^\s*\{\s*"error"\s*:/.test(body)
  return new Response(body, { status: isError ? 400 : 200, headers: answer.headers })
}
