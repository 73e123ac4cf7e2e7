import { afterAll, describe, expect, test } from 'vitest'
import { proxyCheck } from '../../src/config/proxy-addresses.ts'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp, TestAppOptions } from '../../src/testing/test-app.ts'
import { exchange } from '../support/raw-connection.ts'

const opened: TestApp[] = []
const started = new Map<string, Promise<TestApp>>()

/** Returns the one server of all tests with the same settings. */
function server(host: NonNullable<TestAppOptions['host']>): Promise<TestApp> {
  const key = JSON.stringify(host)
  const app = started.get(key) ?? testApp({ host }).then((one) => (opened.push(one), one))
  started.set(key, app)
  return app
}

afterAll(async () => {
  for (const app of opened) await app[Symbol.asyncDispose]()
})

/** Calls with these header lines. @returns the address in the log */
async function addressOf(app: TestApp, ...lines: string[]): Promise<unknown> {
  const requests = () => app.log.lines.filter(({ msg }) => msg === 'request')
  const before = requests().length
  await exchange(app.url, 'GET /trpc/auth.session HTTP/1.1', ...lines)
  await expect.poll(() => requests().length, { interval: 5 }).toBe(before + 1)
  return requests().at(-1)?.['ip']
}

const warnings = (app: TestApp) => app.log.lines.filter(({ level }) => level === 'warn')

describe('behind one proxy', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:4711', '203.0.113.7'],
    ['"203.0.113.7:4711"', '203.0.113.7'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:DB8:0::0001', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['"[2001:db8::1]:4711"', '2001:db8::1'],
    ['for=203.0.113.7', '203.0.113.7'],
    ['For="[2001:db8::1]:4711";proto=https;by=10.0.0.1', '2001:db8::1'],
    ['proto=https; for = "203.0.113.7:80"', '203.0.113.7'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:CB00:7107', '203.0.113.7'],
    ['192.0.2.1, 203.0.113.7', '203.0.113.7'],
  ])('X-Forwarded-For: %s means %s', async (forwarded, address) => {
    const app = await server({ trustProxy: 1 })
    expect(await addressOf(app, `X-Forwarded-For: ${forwarded}`)).toBe(address)
    expect(warnings(app)).toEqual([])
  })

  test('X-Forwarded-For: several header lines form one list', async () => {
    const app = await server({ trustProxy: 1 })
    expect(await addressOf(app, 'X-Forwarded-For: 192.0.2.1', 'X-Forwarded-For: 203.0.113.7')).toBe(
      '203.0.113.7',
    )
  })

  test.each([
    'unknown',
    '_hidden',
    'for=unknown',
    '',
    '203.0.113',
    '[203.0.113.7',
    '2001:db8::1:::',
    'a.example',
  ])('X-Forwarded-For: "%s" has no address; one warning is logged', async (forwarded) => {
    await using app = await testApp({ host: { trustProxy: 1 } })
    expect(await addressOf(app, `X-Forwarded-For: ${forwarded}`)).toBeNull()
    expect(await addressOf(app, `X-Forwarded-For: ${forwarded}`)).toBeNull()
    expect(warnings(app)).toMatchObject([{ entry: forwarded, msg: /no address/ }])
  })

  test('client address: warns once about a proxy without the header, and never about health checks', async () => {
    await using app = await testApp({ host: { trustProxy: 1 } })
    await (await fetch(`${app.url}/readyz`)).text()
    expect(warnings(app)).toEqual([])
    expect(await addressOf(app)).toBe('127.0.0.1')
    expect(await addressOf(app)).toBe('127.0.0.1')
    expect(warnings(app)).toMatchObject([{ ip: '127.0.0.1', msg: /fewer addresses than TRUST_PROXY/ }])
  })
})

test('client address: ignores the header without a proxy and warns once', async () => {
  for (const line of ['X-Forwarded-For: 203.0.113.7', 'Forwarded: for=203.0.113.7']) {
    await using app = await testApp()
    expect(await addressOf(app, line)).toBe('127.0.0.1')
    expect(await addressOf(app, line)).toBe('127.0.0.1')
    expect(warnings(app)).toMatchObject([{ ip: '127.0.0.1', msg: /TRUST_PROXY/ }])
  }
})

test('client address: ignores the header of a caller outside PROXY_ADDRESSES and warns once', async () => {
  await using app = await testApp({ host: { trustProxy: 2, proxyAddresses: ['10.0.0.0/8'] } })
  const line = 'X-Forwarded-For: 203.0.113.7, 192.0.2.1'
  expect(await addressOf(app, line)).toBe('127.0.0.1')
  expect(await addressOf(app, line)).toBe('127.0.0.1')
  expect(warnings(app)).toMatchObject([{ ip: '127.0.0.1', msg: /PROXY_ADDRESSES/ }])
})

test('client address: trusts each proxy only if PROXY_ADDRESSES has it', async () => {
  await using app = await testApp({ host: { trustProxy: 2, proxyAddresses: ['127.0.0.1', '192.0.2.0/24'] } })
  expect(await addressOf(app, 'X-Forwarded-For: 203.0.113.7, 192.0.2.9')).toBe('203.0.113.7')
  // This request bypassed the outer proxy, so its caller wrote the first entry.
  expect(await addressOf(app, 'X-Forwarded-For: 203.0.113.7, 198.51.100.4')).toBe('198.51.100.4')
})

test('client address: without PROXY_ADDRESSES, trusts only a proxy of a private network', () => {
  const isProxy = proxyCheck([])
  for (const address of [
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '::1',
    'fd00::1',
  ]) {
    expect([address, isProxy(address, 0)]).toEqual([address, true])
  }
  for (const address of ['203.0.113.7', '172.32.0.1', '100.128.0.1', '2001:db8::1', '8.8.8.8']) {
    expect([address, isProxy(address, 0), isProxy(address, 1)]).toEqual([address, false, true])
  }
})
