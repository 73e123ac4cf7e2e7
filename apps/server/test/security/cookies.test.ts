import { signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { ada } from '../support/brute-force.ts'
import { exampleProvider } from '../support/identities.ts'
import { get, post } from '../support/raw-call.ts'

test('cookies: behind https both are for one host, Secure and HttpOnly', async () => {
  await using app = await testApp({ host: { publicUrl: 'https://accounts.example.org' } })
  const { headers } = await post(app.url, 'auth.signup', signupInput({ ...ada, remember: true }))
  const lines = headers.getSetCookie()
  expect(lines).toEqual([
    expect.stringMatching(/^__Host-session=/),
    expect.stringMatching(/^__Host-known-device=/),
  ])
  for (const line of lines) {
    expect(line.split('; ').slice(1).toSorted()).toEqual([
      'HttpOnly',
      expect.stringMatching(/^Max-Age=\d+$/),
      'Path=/',
      'SameSite=Lax',
      'Secure',
    ])
    expect(line.length).toBeLessThan(1_000)
  }
})

test('cookies: a name after a no-break space, which a sister site can set past __Host-, is another name', async () => {
  await using app = await testApp({ host: { publicUrl: 'https://accounts.example.org' } })
  const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
  const [session = '', device = ''] = cookies
  const statusWith = async (cookie: string) => (await get(app.url, 'account.me', cookie)).status
  expect(await statusWith(`a=1; \u00A0${session}`)).toBe(401)
  expect(await statusWith(`a=1; ${session.replace('=', '\u00A0=')}`)).toBe(401)
  // Beside the right one it does not count as a second one.
  expect(await statusWith(`\u00A0${session}; ${session}`)).toBe(200)
  // Neither does it name a known device: its browser gets another one.
  const login = await post(app.url, 'auth.login', ada, `\u00A0${device}`)
  expect(login.cookies[1]).not.toBe(device)
  expect(await statusWith(`a=1;\t${session} `)).toBe(200)
})

test('cookies: that of an attempt at a provider is Lax, also with COOKIE_SAMESITE=none', async () => {
  const host = {
    publicUrl: 'https://accounts.example.org',
    cookieSameSite: 'none' as const,
    allowedOrigins: ['https://app.example.org'],
  }
  await using app = await testApp({ host, settings: { providers: [exampleProvider] } })
  const { headers } = await fetch(`${app.url}/auth/github/start?moved=1`, {
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'none' },
  })
  expect(headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-oidc-attempt=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
  ])
})

test('session tokens: each has its own 32 random bytes', async () => {
  await using app = await testApp()
  await post(app.url, 'auth.signup', signupInput(ada))
  const ids = new Set<string>()
  for (let count = 0; count < 20; count += 1) {
    const { cookies } = await post(app.url, 'auth.login', ada)
    const payload = Buffer.from(cookies[0]?.split('.')[1] ?? '', 'base64url').toString()
    const { jti } = JSON.parse(payload)
    expect(Buffer.from(jti, 'base64url')).toHaveLength(32)
    ids.add(jti)
  }
  expect(ids.size).toBe(20)
})
