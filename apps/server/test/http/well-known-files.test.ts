import { pagePaths } from '@app/contract'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config/config.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { testClock } from '../../src/testing/test-clock.ts'

const securityTxt = '/.well-known/security.txt'
const dayMs = 24 * 60 * 60_000

async function read(url: string) {
  const response = await fetch(url)
  const { status, headers } = response
  return {
    status,
    type: headers.get('content-type'),
    caching: headers.get('cache-control'),
    policy: headers.get('content-security-policy'),
    text: await response.text(),
  }
}

/** Returns whether a crawler may fetch a path: the longest matching rule decides (RFC 9309, 2.2.2). */
function isAllowed(robots: string, path: string): boolean {
  const rules = [...robots.matchAll(/^(Allow|Disallow): (.+)$/gm)].map(([, kind, pattern = '']) => ({
    isAllowing: kind === 'Allow',
    pattern,
  }))
  const [rule] = rules
    .filter(({ pattern }) =>
      new RegExp(`^${pattern.replaceAll(/[.?/]/g, '\\$&').replaceAll('*', '.*')}`).test(path),
    )
    .toSorted((one, other) => other.pattern.length - one.pattern.length)
  return rule?.isAllowing ?? true
}

test('robots.txt: allows the public pages with their files, and no other path', async () => {
  await using app = await testApp()
  const file = await read(`${app.url}/robots.txt`)
  expect(file).toMatchObject({ status: 200, type: 'text/plain; charset=utf-8', caching: 'no-cache' })
  expect(file.policy).toContain("default-src 'none'")
  expect(file.text).toMatch(/^User-agent: \*\n/)
  expect(pagePaths.filter((path) => isAllowed(file.text, path))).toEqual(['/', '/login', '/signup'])
  const loaded = ['/assets/app-1a2b.js', '/favicon.svg', '/favicon.ico', '/manifest.webmanifest']
  expect(loaded.filter((path) => !isAllowed(file.text, path))).toEqual([])
  const hidden = ['/trpc/auth.session', '/readyz', '/account/data', '/notes/new']
  expect(hidden.filter((path) => isAllowed(file.text, path))).toEqual([])
})

test('security.txt: contains the contacts, and expires within a year', async () => {
  const clock = testClock(Date.UTC(2028, 1, 29, 23, 59))
  const publicUrl = 'https://accounts.example.org'
  const securityContact = ['mailto:security@example.org', 'https://example.org/report']
  await using app = await testApp({
    clock,
    host: { publicUrl, securityContact, allowedHosts: ['127.0.0.1'] },
  })
  const { port } = new URL(app.url)
  const { text, ...file } = await read(`http://127.0.0.1:${port}${securityTxt}`)
  expect(file).toMatchObject({ status: 200, type: 'text/plain; charset=utf-8', caching: 'no-cache' })
  const expires = /^Expires: (.+)$/m.exec(text)?.[1] ?? ''
  expect(text.split('\n')).toEqual([
    'Contact: mailto:security@example.org',
    'Contact: https://example.org/report',
    `Expires: ${expires}`,
    'Preferred-Languages: en',
    `Canonical: ${publicUrl}${securityTxt}`,
    '',
  ])
  const days = (Date.parse(expires) - clock.now()) / dayMs
  expect(days).toBeGreaterThan(360)
  expect(days).toBeLessThan(365)
})

test('security.txt: has no Canonical without https', async () => {
  await using app = await testApp({ host: { securityContact: ['tel:+1-201-555-0123'] } })
  expect((await read(app.url + securityTxt)).text).not.toContain('Canonical')
})

test('security.txt: does not exist without a contact', async () => {
  await using app = await testApp()
  const { status, type, caching } = await read(app.url + securityTxt)
  expect([status, type, caching]).toEqual([404, 'text/plain; charset=utf-8', 'no-store'])
})

test.each(['security@example.org', 'http://example.org', 'mailto:a@b.org\nExpires: never', 'javascript:1'])(
  'SECURITY_CONTACT: %j is refused',
  (contact) => {
    const { problems } = readConfig({ SECURITY_CONTACT: contact })
    expect(problems).toEqual([expect.stringMatching(/^SECURITY_CONTACT must be https, mailto or tel/)])
  },
)
