import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { giveToken } from '../support/give-token.ts'
import { problemIn, reasonOf, rest } from './rest-call.ts'

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

test('REST: an access token acts as its user within its scopes, from any origin', async () => {
  await using app = await testApp()
  const { id } = await newUser(app)
  const { token } = await giveToken(app, id, { scopes: ['account:write'] })
  const headers = bearer(token)
  expect((await rest(app.url, 'GET /account', { headers })).body).toMatchObject({ id })
  const changed = await rest(app.url, 'PATCH /account', {
    body: { name: 'Ada L' },
    headers: { ...headers, origin: 'https://other.example' },
  })
  expect([changed.status, changed.cookies]).toEqual([200, []])
  expect(changed.body).toMatchObject({ name: 'Ada L' })
})

test('REST: a 401 has a challenge, with the error of a token that was sent', async () => {
  await using app = await testApp()
  const { id, cookie } = await newUser(app)
  const { id: tokenId, token } = await giveToken(app, id, { scopes: ['account:read'] })
  const challengeOf = async (headers: Record<string, string>) => {
    const { status, headers: sent } = await rest(app.url, 'GET /account', { headers })
    return [status, sent.get('www-authenticate')]
  }
  expect(await challengeOf({})).toEqual([401, 'Bearer'])
  expect(await challengeOf(bearer(token))).toEqual([200, null])
  const invalid = [401, 'Bearer error="invalid_token"']
  expect(await challengeOf(bearer(`${token}x`))).toEqual(invalid)
  expect((await rest(app.url, `DELETE /account/tokens/${tokenId}`, { cookie })).status).toBe(204)
  expect(await challengeOf(bearer(token))).toEqual(invalid)
})

test('REST: a token without the scope, beside a cookie, or for account security is rejected', async () => {
  await using app = await testApp()
  const { id, cookie } = await newUser(app)
  const { token } = await giveToken(app, id, { scopes: ['account:read'] })
  const headers = bearer(token)
  const unscoped = await rest(app.url, 'PATCH /account', { headers, body: { name: 'Ada L' } })
  expect(problemIn(unscoped)).toMatchObject({ reason: 'SCOPE_REQUIRED', scope: 'account:write' })
  expect(unscoped.headers.get('www-authenticate')).toContain('error="insufficient_scope"')
  expect(reasonOf(await rest(app.url, 'GET /account', { headers, cookie }))).toBe('TOKEN_NOT_ALLOWED')
  for (const route of ['DELETE /account', 'GET /account/sessions', 'POST /account/export'] as const)
    expect([route, reasonOf(await rest(app.url, route, { headers }))]).toEqual([route, 'TOKEN_NOT_ALLOWED'])
})
