import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'

const site = 'https://app.example.org'
const host = { allowedOrigins: [site] }
const preflight = { method: 'OPTIONS', headers: { origin: site, 'access-control-request-method': 'POST' } }

test('CORS: an allowed site may call with the user’s session and read the response', async () => {
  await using app = await testApp({ host })
  const response = await fetch(`${app.url}/trpc/auth.logout`, preflight)
  expect(response.status).toBe(204)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'access-control-allow-origin': site,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET, POST',
    vary: 'Origin',
  })
  for (const path of ['auth.session', 'account.me', 'no.such']) {
    const { headers } = await fetch(`${app.url}/trpc/${path}`, { headers: { origin: site } })
    expect(headers.get('access-control-allow-origin')).toBe(site)
    expect(headers.get('access-control-expose-headers')).toContain('X-Request-Id')
    expect(headers.get('vary')).toBe('Origin')
  }
})

test.each([
  'content-type',
  'last-event-id',
  'content-type, trpc-accept, x-trpc-source',
  'content-type, x-origin',
  'traceparent, tracestate, baggage',
  'baggage, sentry-trace',
  'x-b3-traceid, x-b3-spanid, x-b3-sampled',
  'x-datadog-origin, x-datadog-parent-id, x-datadog-sampling-priority, x-datadog-trace-id',
])('CORS: an allowed site may send %s', async (requested) => {
  await using app = await testApp({ host })
  const response = await fetch(`${app.url}/trpc/auth.logout`, {
    ...preflight,
    headers: { ...preflight.headers, 'access-control-request-headers': requested },
  })
  const allowed = response.headers.get('access-control-allow-headers')?.toLowerCase().split(', ')
  expect(allowed).toEqual(expect.arrayContaining(requested.split(', ')))
  expect(allowed).not.toContain('authorization')
})

test.each(['https://evil.example', 'null', `${site}.evil.example`])(
  'CORS: %s may not call',
  async (origin) => {
    await using app = await testApp({ host })
    for (const init of [
      { headers: { origin } },
      { ...preflight, headers: { ...preflight.headers, origin } },
    ]) {
      const { headers, status } = await fetch(`${app.url}/trpc/auth.session`, init)
      expect(headers.get('access-control-allow-origin')).toBeNull()
      expect(headers.get('vary')).toBe('Origin')
      expect(status).toBe('method' in init ? 405 : 200)
    }
  },
)

test('CORS: is off unless a site is allowed', async () => {
  await using app = await testApp()
  const { headers, status } = await fetch(`${app.url}/trpc/auth.session`, preflight)
  expect([status, headers.get('access-control-allow-origin'), headers.get('vary')]).toEqual([405, null, null])
})
