import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { giveToken } from '../support/give-token.ts'
import { failure } from '../support/raw-call.ts'

test('client: sends an access token with queries, batches and mutations, and no cookies', async () => {
  await using app = await testApp()
  const { id } = await newUser(app)
  const { token } = await giveToken(app, id, { scopes: ['account:write'] })
  const sent: { url: string; headers: Headers; credentials: string | undefined }[] = []
  const watch: typeof fetch = (input, init) => {
    sent.push({
      url: input instanceof Request ? input.url : String(input),
      headers: new Headers(init?.headers),
      credentials: init?.credentials,
    })
    return fetch(input, init)
  }
  const api = app.newClient({ token, fetch: watch })
  expect((await api.account.updateProfile.mutate({ name: 'Ada L' })).name).toBe('Ada L')
  const both = await Promise.all([api.account.me.query({}), api.account.me.query({})])
  expect(both.map(({ name }) => name)).toEqual(['Ada L', 'Ada L'])
  expect(sent.some(({ url }) => url.includes('account.me,account.me'))).toBe(true)
  expect(
    sent.map(({ headers, credentials }) => [
      headers.get('authorization'),
      headers.get('cookie'),
      credentials,
    ]),
  ).toEqual(sent.map(() => [`Bearer ${token}`, null, 'omit']))
})

test('client: the failure of an access token is declared', async () => {
  await using app = await testApp()
  const { id } = await newUser(app)
  const { token } = await giveToken(app, id, { scopes: ['account:read'] })
  const api = app.newClient({ token })
  expect(await failure(api.account.updateProfile.mutate({ name: 'Ada' }))).toEqual({
    reason: 'SCOPE_REQUIRED',
    scope: 'account:write',
  })
  expect(await failure(api.sessions.list.query({}))).toEqual({
    reason: 'TOKEN_NOT_ALLOWED',
    why: 'session-only',
  })
})

test('client: an event stream by an access token fails like a call', async () => {
  await using app = await testApp()
  const { id } = await newUser(app)
  const { token } = await giveToken(app, id, { scopes: ['account:read'] })
  const error = await new Promise((resolve) => {
    app.newClient({ token }).sessions.events.subscribe({}, { onError: resolve })
  })
  expect(error).toMatchObject({ data: { failure: { reason: 'TOKEN_NOT_ALLOWED', why: 'session-only' } } })
})
