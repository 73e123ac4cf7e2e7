import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { ProviderSettings } from '@app/router'
import { newId } from '@app/router/testing'
import type { TestApp } from '../../src/testing/test-app.ts'
import { listening } from '../support/listening.ts'
import type { Listening } from '../support/listening.ts'

/** A server with GitHub's paths and answers, as GitHub Enterprise Server has them. */
export interface GitHubServer extends Listening {
  /** The user who logs in next. */
  user: { id: number; login: string; name: string | null; [field: string]: unknown }
  settings: ProviderSettings
}

export async function gitHubServer(): Promise<GitHubServer> {
  const codes = new Set<string>()
  const state: Pick<GitHubServer, 'user'> = { user: { id: 583_231, login: 'octocat', name: 'The Octocat' } }
  const json = (response: ServerResponse, body: object, status = 200) =>
    void response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
      .end(JSON.stringify(body))
  const at = await listening((request, response) => {
    const url = new URL(request.url ?? '', 'http://github.invalid')
    if (url.pathname === '/login/oauth/authorize') {
      const code = randomBytes(10).toString('hex')
      codes.add(code)
      const back = new URL(url.searchParams.get('redirect_uri') ?? '')
      back.searchParams.set('code', code)
      back.searchParams.set('state', url.searchParams.get('state') ?? '')
      return void response.writeHead(302, { location: back.href }).end()
    }
    if (url.pathname === '/login/oauth/access_token') {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      return void request.on('end', () => {
        const isKnown = codes.delete(new URLSearchParams(body).get('code') ?? '')
        if (isKnown) return json(response, { access_token: 'gho_1', token_type: 'bearer', scope: '' })
        // With status 200, as GitHub does.
        return json(response, { error: 'bad_verification_code', error_description: 'The code is wrong.' })
      })
    }
    const isApi = url.pathname === '/api/v3/user' && request.headers.authorization === 'Bearer gho_1'
    return isApi ? json(response, state.user) : json(response, { message: 'Not Found' }, 404)
  })
  const settings = {
    name: 'github',
    label: 'GitHub',
    protocol: 'github',
    issuer: at.url,
    clientId: 'Iv1.0123456789abcdef',
    clientSecret: 'a-client-secret-of-tests',
  } as const
  return Object.assign(state, { ...at, settings, [Symbol.asyncDispose]: at[Symbol.asyncDispose] })
}

/** Links the user who logs in next to an account. */
export async function linkGitHubUser(
  app: TestApp,
  { userId, github }: { userId: string; github: GitHubServer },
): Promise<void> {
  const now = app.clock.now()
  const identity = { provider: 'github', issuer: github.url, subject: String(github.user.id) }
  const row = { id: newId(now), user_id: userId, ...identity, name: github.user.login, created_at: now }
  await app.services.db.write((tx) =>
    tx
      .insertInto('identities')
      .values({ ...row, last_used_at: null })
      .execute(),
  )
}
