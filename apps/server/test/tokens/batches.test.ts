import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { giveToken } from '../support/give-token.ts'
import { get, post } from '../support/raw-call.ts'

const reasons = (text: string) =>
  (JSON.parse(text) as { error?: { data: { failure: { reason: string } } } }[]).map(
    ({ error }) => error?.data.failure.reason ?? 'ok',
  )

test('batches: each call of a token is checked alone', async () => {
  await using app = await testApp()
  const { id } = await newUser(app)
  const token = await giveToken(app, id, { scopes: ['account:read'] })
  const batch = 'account.me,users.list,sessions.list,audit.list,no.such,account.me?batch=1&input={}'
  const answer = await get(app.url, batch, token)
  expect(reasons(answer.text)).toEqual([
    'ok',
    'SCOPE_REQUIRED',
    'TOKEN_NOT_ALLOWED',
    'SCOPE_REQUIRED',
    'NO_SUCH_PROCEDURE',
    'ok',
  ])
  expect(answer.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="users:read"')
  const unknown = await get(app.url, 'account.me,account.me?batch=1&input={}', { token: 'x' })
  expect(reasons(unknown.text)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED'])
  expect(unknown.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
})

test('batches: a token makes no batch of mutations allowed', async () => {
  await using app = await testApp()
  const { id } = await newUser(app)
  const token = await giveToken(app, id, { scopes: ['account:write'] })
  const path = 'account.updateProfile,account.updateProfile?batch=1'
  expect((await post(app.url, path, { 0: { name: 'A' }, 1: { name: 'B' } }, token)).text).toContain(
    'BATCH_REFUSED',
  )
})

test('downloads and event streams: accept no token', async () => {
  await using app = await testApp()
  const { id } = await newUser(app)
  const token = await giveToken(app, id, { scopes: ['account:write'] })
  for (const path of ['account.export', 'sessions.events']) {
    const { text } = await get(app.url, path, token)
    expect([path, text]).toEqual([path, expect.stringContaining('TOKEN_NOT_ALLOWED')])
  }
  for (const path of ['/api/v1/account/events', '/api/v1/account/sessions']) {
    const headers = { authorization: `Bearer ${token.token}` }
    const response = await fetch(app.url + path, { headers })
    expect([path, response.status]).toEqual([path, 403])
    expect(await response.json()).toMatchObject({ reason: 'TOKEN_NOT_ALLOWED', why: 'session-only' })
  }
})
