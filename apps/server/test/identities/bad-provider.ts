import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ProviderSettings } from '@app/router'
import { listening } from '../support/listening.ts'
import type { Listening } from '../support/listening.ts'

type Claims = Record<string, unknown>
type TokenClaims = Claims & { iat: number }

/** What a provider does wrong. Without any of it, it is a correct provider. */
export interface Misbehaviour {
  claims?: (claims: TokenClaims) => Claims
  /** How the ID token is signed. Default: by the key that the provider announces. */
  signature?: 'foreign' | 'none' | 'hmac-of-public-key'
  discovery?: (document: Claims) => Claims
  /** Answers the token request instead of the provider. */
  token?: (response: ServerResponse) => void
  /** Answers the discovery instead of the provider. */
  discover?: (response: ServerResponse) => void
  /** Parameters that it adds to the redirect. */
  redirect?: Record<string, string>
}

export interface BadProvider extends Listening {
  misbehaviour: Misbehaviour
  settings: ProviderSettings
  /** The time of the provider, in milliseconds. Tests pass the stopped clock of their server. */
  now: () => number
  /** The paths of all requests so far. */
  readonly requests: string[]
}

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
const keys = { own: newKey(), foreign: newKey() }
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A hand-made provider that can break each rule. It redirects without asking. */
export async function badProvider(misbehaviour: Misbehaviour = {}, name = 'bad'): Promise<BadProvider> {
  const nonces = new Map<string, string>()
  const requests: string[] = []
  const state: Pick<BadProvider, 'misbehaviour' | 'now'> = { misbehaviour, now: Date.now }
  const client = { clientId: 'accounts', clientSecret: 'a-client-secret-of-tests' }
  const at = await listening((request, response) => answer(request, response))
  const json = (response: ServerResponse, body: object, status = 200) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

  const authorize = (url: URL, response: ServerResponse) => {
    const code = randomBytes(16).toString('hex')
    nonces.set(code, url.searchParams.get('nonce') ?? '')
    const back = new URL(url.searchParams.get('redirect_uri') ?? '')
    const parameters = { code, state: url.searchParams.get('state') ?? '', iss: at.url }
    for (const [key, value] of Object.entries({ ...parameters, ...state.misbehaviour.redirect })) {
      back.searchParams.set(key, value)
    }
    response.writeHead(303, { location: back.href }).end()
  }
  const grant = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (state.misbehaviour.token !== undefined) return state.misbehaviour.token(response)
    const code = new URLSearchParams(Buffer.concat(chunks).toString()).get('code') ?? ''
    const nonce = nonces.get(code)
    if (nonce === undefined) return json(response, { error: 'invalid_grant' }, 400)
    nonces.delete(code)
    const seconds = Math.floor(state.now() / 1_000)
    const claims = { iss: at.url, aud: 'accounts', sub: 'ada', iat: seconds, exp: seconds + 300, nonce }
    json(response, {
      access_token: 'opaque',
      token_type: 'Bearer',
      id_token: idToken(state.misbehaviour.claims?.(claims) ?? claims, state.misbehaviour.signature),
    })
  }
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '', at.url)
    requests.push(url.pathname)
    const { discover, discovery = (document) => document } = state.misbehaviour
    if (url.pathname === '/authorize') return authorize(url, response)
    if (url.pathname === '/token') return void grant(request, response)
    if (url.pathname === '/jwks') {
      return json(response, { keys: [{ ...keys.own.publicKey.export({ format: 'jwk' }), kid: '1' }] })
    }
    if (discover !== undefined) return discover(response)
    return json(
      response,
      discovery({
        issuer: at.url,
        authorization_endpoint: `${at.url}/authorize`,
        token_endpoint: `${at.url}/token`,
        jwks_uri: `${at.url}/jwks`,
        id_token_signing_alg_values_supported: ['RS256'],
        authorization_response_iss_parameter_supported: true,
      }),
    )
  }
  const settings = { name, label: 'Bad', protocol: 'oidc', issuer: at.url, ...client } as const
  return Object.assign(state, { ...at, settings, requests, [Symbol.asyncDispose]: at[Symbol.asyncDispose] })
}

function idToken(claims: Claims, signature: Misbehaviour['signature']): string {
  const alg = { foreign: 'RS256', none: 'none', 'hmac-of-public-key': 'HS256' }[signature ?? 'foreign']
  const signed = `${base64url({ alg, kid: '1', typ: 'JWT' })}.${base64url(claims)}`
  if (signature === 'none') return `${signed}.`
  if (signature === 'hmac-of-public-key') {
    const publicKey = keys.own.publicKey.export({ format: 'pem', type: 'spki' })
    return `${signed}.${createHmac('sha256', publicKey).update(signed).digest('base64url')}`
  }
  const key = signature === 'foreign' ? keys.foreign : keys.own
  return `${signed}.${sign('sha256', Buffer.from(signed), key.privateKey).toString('base64url')}`
}
