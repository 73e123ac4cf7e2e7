import { expect, test, vi } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { giveToken } from '../support/give-token.ts'
import { mutated, seeded } from '../support/mutations.ts'
import { get, reasonIn } from '../support/raw-call.ts'
import { exchange } from '../support/raw-connection.ts'

async function tokenOn() {
  const app = await testApp()
  const { id, cookie } = await newUser(app)
  const { token } = await giveToken(app, id, { scopes: ['account:read'] })
  const send = async (...headers: string[]) => {
    const answer = await exchange(app.url, 'GET /trpc/account.me HTTP/1.1', ...headers)
    const reason = /"reason":"([A-Z_]+)"/.exec(answer)?.[1] ?? 'ok'
    return `${/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]} ${reason}`
  }
  return { app, cookie, token, send }
}

test('bearer header: the scheme is case-insensitive, and spaces around the token do not count', async () => {
  const { app, token, send } = await tokenOn()
  await using _ = app
  for (const header of ['Bearer', 'bearer', 'BEARER', 'Bearer ', 'Bearer   ']) {
    expect([header, await send(`Authorization: ${header} ${token}`)]).toEqual([header, '200 ok'])
  }
  expect(await send(`authorization:Bearer ${token} `)).toBe('200 ok')
})

test('bearer header: anything else in it is no token', async () => {
  const { app, token, send } = await tokenOn()
  await using _ = app
  const rejected = '401 UNAUTHENTICATED'
  for (const header of [
    'Bearer',
    'Bearer x',
    `Bearer ${token}, Bearer ${token}`,
    `Bearer ${token} ${token}`,
    `Bearer "${token}"`,
    `Bearer ${token.toLowerCase()}`,
    `Bearer ${token.slice(0, -1)}`,
    `Bearer ${token}0`,
    `Bearer ${encodeURIComponent(`${token}%`)}`,
    `Bearer ${'x'.repeat(8_000)}`,
    `Bearer:${token}`,
    `Bearer\t${token}`,
    `Token ${token}`,
    `Basic ${Buffer.from(`ada:${token}`).toString('base64')}`,
    token,
  ]) {
    expect([header, await send(`Authorization: ${header}`)]).toEqual([header, rejected])
  }
})

test('bearer header: two of them are no token, in any order', async () => {
  const { app, token, send } = await tokenOn()
  await using _ = app
  const [right, wrong] = [`Authorization: Bearer ${token}`, 'Authorization: Bearer x']
  for (const headers of [
    [right, wrong],
    [wrong, right],
    [right, right],
  ]) {
    expect(await send(...headers)).toBe('401 UNAUTHENTICATED')
  }
})

test('bearer header: one that is too long is rejected before it is read', async () => {
  const { app, send } = await tokenOn()
  await using _ = app
  expect(await send(`Authorization: Bearer ${'x'.repeat(1024 * 1024)}`)).toMatch(/^431/)
})

test('bearer header: a scheme of a proxy does not concern a session', async () => {
  const { app, cookie, send } = await tokenOn()
  await using _ = app
  expect(await send(`Cookie: ${cookie}`, 'Authorization: Basic YWRhOnNlY3JldA==')).toBe('200 ok')
})

test('a token in the query string or in another header is ignored', async () => {
  const { app, token, send } = await tokenOn()
  await using _ = app
  for (const name of ['access_token', 'token', 'authorization']) {
    expect(reasonIn(await get(app.url, `account.me?${name}=${token}`))).toBe('UNAUTHENTICATED')
  }
  for (const name of ['X-Api-Key', 'X-Access-Token', 'Proxy-Authorization']) {
    expect([name, await send(`${name}: Bearer ${token}`)]).toEqual([name, '401 UNAUTHENTICATED'])
  }
})

test('forged tokens: none is accepted, and a wrong checksum costs no read', async () => {
  const { app, token } = await tokenOn()
  await using _ = app
  const { db } = app.services
  const select = vi.spyOn(db.read, 'selectFrom')
  const random = seeded(66)
  for (let count = 0; count < 300; count += 1) {
    const forged = mutated(token, random).replaceAll(/[^\x21-\x7e]/g, '~')
    expect([forged, reasonIn(await get(app.url, 'account.me', { token: forged }))]).toEqual([
      forged,
      'UNAUTHENTICATED',
    ])
  }
  expect(select).not.toHaveBeenCalled()
  expect((await get(app.url, 'account.me', { token })).status).toBe(200)
  expect(select).toHaveBeenCalled()
})

test('CORS: preflights never allow the Authorization header', async () => {
  const origin = 'https://pages.example'
  await using app = await testApp({ host: { allowedOrigins: [origin] } })
  for (const path of ['/trpc/account.me', '/api/v1/account']) {
    const { headers } = await fetch(app.url + path, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    })
    expect(headers.get('access-control-allow-headers')).toMatch(/content-type/i)
    expect(headers.get('access-control-allow-headers')).not.toMatch(/authorization|\*/i)
  }
})

test('bearer header: two of them do not let another site use the cookie', async () => {
  const { app, cookie } = await tokenOn()
  await using _ = app
  const answer = await exchange(
    app.url,
    'POST /trpc/sessions.revokeOthers HTTP/1.1',
    `Cookie: ${cookie}`,
    'Origin: https://evil.example',
    'Content-Type: application/json',
    'Content-Length: 0',
    'Authorization: Bearer',
    'Authorization: x',
  )
  expect(answer).toContain('"reason":"CROSS_ORIGIN"')
})

test('request log: names a token that tries what no token may do, and hides one in a path', async () => {
  await using app = await testApp()
  const { id: userId } = await newUser(app)
  const { id, token } = await giveToken(app, userId, { scopes: ['account:read'] })
  await get(app.url, 'account.me', { token })
  expect(reasonIn(await get(app.url, 'account.security', { token }))).toBe('TOKEN_NOT_ALLOWED')
  await fetch(`${app.url}/api/v1/${token.replace('_', '%5F')}`)
  await fetch(`${app.url}/api/v1/${token}`)
  const requests = () => app.log.lines.filter(({ msg }) => msg === 'request')
  // The first one is the sign-up.
  await expect.poll(requests).toHaveLength(5)
  expect(
    requests()
      .slice(1)
      .map(({ tokenId }) => tokenId ?? null),
  ).toEqual([id, id, null, null])
  expect(app.log.text).not.toContain(token.slice('acctpat_'.length))
})
