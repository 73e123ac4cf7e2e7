import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'

const via = (forwarded: string) => ({ headers: { 'x-forwarded-for': forwarded } })

async function reportOf(url: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(`${url}/connectionz`, init)
  expect(response.headers.get('cache-control')).toBe('no-store, no-transform')
  expect(response.headers.get('access-control-allow-origin')).toBeNull()
  return response.json()
}

test('connection report: names the caller of this request only, and the clock of the server', async () => {
  await using app = await testApp({ host: { trustProxy: 1 } })
  expect(await reportOf(app.url, via('203.0.113.9, 198.51.100.7'))).toEqual({
    address: '198.51.100.7',
    addressProblem: null,
    isForwarded: true,
    publicUrl: app.url.replace('127.0.0.1', 'localhost'),
    time: app.clock.now(),
  })
})

test.each([
  ['untrusted', 0, '203.0.113.9'],
  ['missing', 2, '203.0.113.9'],
  ['unreadable', 1, 'unknown'],
])('connection report: says that the header is %s', async (addressProblem, trustProxy, forwarded) => {
  await using app = await testApp({ host: { trustProxy } })
  expect(await reportOf(app.url, via(forwarded))).toMatchObject({ addressProblem, isForwarded: false })
})

test('connection report: does not name an address of a private network, which may be a proxy’s', async () => {
  await using app = await testApp({ host: { trustProxy: 1 } })
  for (const address of ['10.0.0.7', '127.0.0.1', 'fd00::7', '192.168.1.1'])
    expect(await reportOf(app.url, via(address))).toMatchObject({ address: 'private' })
})

/** Opens an event stream of the report from an address. */
function openStream(url: string, address: string): Promise<Response> {
  const headers = { accept: 'text/event-stream', 'x-forwarded-for': address }
  return fetch(`${url}/connectionz`, { headers })
}

test('connection report: sends events apart', async () => {
  await using app = await testApp({ host: { trustProxy: 1 } })
  let opened = 0
  const firstChunk = async () => {
    const stream = await openStream(app.url, `203.0.113.${(opened += 1)}`)
    const reader = stream.body?.getReader()
    const { value } = (await reader?.read()) ?? {}
    await reader?.cancel()
    return new TextDecoder().decode(value)
  }
  // A busy machine may read both events at once. A server that holds the first one back does so each time.
  await expect.poll(firstChunk).toBe('data: 1\n\n')
})

test('connection report: bounds the streams, and ends them with the server', async () => {
  await using app = await testApp({ host: { trustProxy: 1 } })
  const addresses = Array.from({ length: 16 }, (_, index) => `203.0.113.${index + 1}`)
  const streams = await Promise.all(addresses.map((address) => openStream(app.url, address)))
  expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200))
  const late = await openStream(app.url, '203.0.113.17')
  expect([late.status, late.headers.get('retry-after')]).toEqual([503, '20'])
  await app.close(0)
  expect(await streams[0]?.text()).toMatch(/^data: 1\n\n/)
})

test('connection report: one address has two streams and leaves the others to other clients', async () => {
  await using app = await testApp({ host: { trustProxy: 1 } })
  const statuses: number[] = []
  const streams: Response[] = []
  // Addresses of one IPv6 network (/64) count as one client.
  for (const host of ['1', '2', '3', '4']) {
    const stream = await openStream(app.url, `2001:db8::${host}`)
    streams.push(stream)
    statuses.push(stream.status)
  }
  expect(statuses).toEqual([200, 200, 503, 503])
  expect((await openStream(app.url, '2001:db8:1::1')).status).toBe(200)
  await streams[0]?.body?.cancel()
  await expect.poll(async () => (await openStream(app.url, '2001:db8::5')).status).toBe(200)
})
