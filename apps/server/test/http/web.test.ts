import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { pagePaths } from '@app/contract'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { exchange } from '../support/raw-connection.ts'

const webFolder = mkdtempSync(path.join(tmpdir(), 'app-web-'))
const script = `console.log(${'1'.repeat(2_000)})`
const files: Record<string, string | Buffer> = {
  'index.html': '<!doctype html><title>Planted</title>',
  'favicon.svg': '<svg/>',
  'icon-192.png': '',
  'manifest.webmanifest': '{}',
  'assets/app-1a2b.js': script,
  'assets/app-1a2b.js.br': brotliCompressSync(script),
  'assets/app-1a2b.js.gz': gzipSync(script),
  'assets/app-1a2b.js.map': '{}',
  'sitemap.xml': '<urlset/>',
  'photo.JPG': '',
  'backup.sql': '',
  'assets/model.bin': '',
  '.vite/manifest.json': '{}',
  '.git/HEAD': 'ref: refs/heads/main',
}

beforeAll(() => {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.join(webFolder, path.dirname(name)), { recursive: true })
    writeFileSync(path.join(webFolder, name), content)
  }
})
afterAll(() => rmSync(webFolder, { recursive: true, force: true }))

test.each([
  ...pagePaths.map((path) => path.replace(':id', 'new')),
  '/notes/019a2b3c-4d5e-7f60-8192-a3b4c5d6e7f8',
  '/notes/019A2B3C-4D5E-7F60-8192-A3B4C5D6E7F8',
  '/login/',
  '/LOGIN',
  '/login?redirectTo=/account',
])('web app: %s is a page', async (page) => {
  await using app = await testApp({ webFolder })
  const response = await fetch(app.url + page)
  expect([response.status, await response.text()]).toEqual([200, files['index.html']])
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('no-cache')
})

test.each([
  '/no-such-page',
  '/login/x',
  '/notes/anything',
  '/notes/:id',
  '/notes/019a2b3c-4d5e-4f60-8192-a3b4c5d6e7f8',
  '/notes/newer',
  '/notes/',
  '/index.html',
  '/assets/gone-1.js',
  '/assets',
  '/assets/',
  '/.vite/manifest.json',
  '/.git/HEAD',
  '/backup.sql',
  '/assets/app-1a2b.js.br',
  '/assets/app-1a2b.js.map',
  '/..%2f..%2fpackage.json',
  '/%zz',
  '/trpcx',
])('web app: %s is the app’s page with status 404', async (page) => {
  await using app = await testApp({ webFolder })
  const response = await fetch(app.url + page)
  expect([response.status, await response.text()]).toEqual([404, files['index.html']])
})

test('web app: /.well-known/change-password redirects to the page that changes the password', async () => {
  await using app = await testApp({ webFolder })
  for (const method of ['GET', 'HEAD']) {
    const response = await fetch(`${app.url}/.well-known/change-password`, { method, redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([302, '/account/password'])
  }
  // Express writes a text for each Accept, which it reads to its end: 16 KB take milliseconds.
  const headers = { accept: 'text/html' }
  const page = await fetch(`${app.url}/.well-known/change-password`, { headers, redirect: 'manual' })
  expect([page.status, page.headers.get('vary'), await page.text()]).toEqual([302, null, ''])
  // A second address must not exist, to show that statuses are reliable (W3C, Reliability of HTTP Status
  // Codes).
  const absent = '/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200'
  expect((await fetch(app.url + absent)).status).toBe(404)
})

test('web app: a path cannot leave the folder of the build', async () => {
  await using app = await testApp({ webFolder })
  expect(await exchange(app.url, 'GET /../../../etc/passwd HTTP/1.1')).toMatch(/^HTTP\/1.1 404 /)
})

test.each([
  ['br', 'gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip, deflate', 'gzip'],
  ['gzip when br is not accepted', 'br;q=0, gzip', 'gzip'],
  ['plain', 'identity', null],
  ['plain when br is behind 250 characters', `${'x,'.repeat(125)}br`, null],
])('web app: a hashed file is immutable and sent as %s', async (_name, accepted, encoding) => {
  await using app = await testApp({ webFolder })
  const response = await fetch(`${app.url}/assets/app-1a2b.js`, { headers: { 'accept-encoding': accepted } })
  expect(await response.text()).toBe(script)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'text/javascript; charset=utf-8',
    vary: 'Accept-Encoding',
    'x-content-type-options': 'nosniff',
  })
  expect(response.headers.get('content-encoding')).toBe(encoding)
})

test('web app: compresses nothing without Accept-Encoding, and HEAD has no body', async () => {
  await using app = await testApp({ webFolder })
  const get = await exchange(app.url, 'GET /assets/app-1a2b.js HTTP/1.1')
  expect(get).not.toMatch(/content-encoding/i)
  expect(get).toContain(script)
  const head = await exchange(app.url, 'HEAD /assets/app-1a2b.js HTTP/1.1')
  expect(head).toContain(`Content-Length: ${script.length}\r\n`)
  expect(head).not.toContain(script)
})

test('web app: answers 304 for an unchanged file', async () => {
  await using app = await testApp({ webFolder })
  const { headers } = await fetch(`${app.url}/favicon.svg`)
  const again = await fetch(`${app.url}/favicon.svg`, {
    headers: { 'if-none-match': headers.get('etag') ?? '' },
  })
  expect([again.status, await again.text(), again.headers.get('content-encoding')]).toEqual([304, '', null])
})

test('web app: the image of a link preview has the public address, also in compressed copies', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'app-preview-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const html = '<!doctype html><meta property="og:image" content="/icon-512.png" />'
  writeFileSync(path.join(folder, 'index.html'), html)
  writeFileSync(path.join(folder, 'index.html.br'), brotliCompressSync(html))
  writeFileSync(path.join(folder, 'index.html.gz'), gzipSync(html))
  const host = { publicUrl: 'https://accounts.example.org', allowedHosts: ['127.0.0.1'] }
  await using app = await testApp({ webFolder: folder, host })
  const absolute = html.replace('/icon', `${host.publicUrl}/icon`)
  for (const encoding of ['br', 'gzip', 'identity']) {
    const response = await fetch(`${app.url}/login`, { headers: { 'accept-encoding': encoding } })
    expect(await response.text()).toBe(absolute)
  }
  await using local = await testApp({ webFolder: folder })
  expect(await (await fetch(`${local.url}/login`)).text()).toBe(html)
})

test('web app: the server’s own pages have the inline style of its page', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'app-style-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const style = ':root{--ink:#123456}'
  writeFileSync(path.join(folder, 'index.html'), `<!doctype html><style>${style}</style>`)
  await using app = await testApp({ webFolder: folder, sendsMail: true })
  for (const address of ['/plain/login', '/api/docs', '/dev/mailbox']) {
    const response = await fetch(app.url + address)
    const [, css = ''] = /<style>([^]*?)<\/style>/.exec(await response.text()) ?? []
    expect(css.startsWith(style)).toBe(true)
    const hash = createHash('sha256').update(css).digest('base64')
    expect(response.headers.get('content-security-policy')).toContain(`style-src 'sha256-${hash}';`)
  }
})

test.each([
  ['manifest.webmanifest', 'application/manifest+json; charset=utf-8'],
  ['icon-192.png', 'image/png'],
  ['favicon.svg', 'image/svg+xml'],
  ['sitemap.xml', 'application/xml; charset=utf-8'],
  ['photo.JPG', 'image/jpeg'],
])('web app: %s is revalidated at each use', async (name, type) => {
  await using app = await testApp({ webFolder })
  const { status, headers } = await fetch(`${app.url}/${name}`)
  expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, type, 'no-cache'])
  expect(headers.get('content-security-policy')).toContain("manifest-src 'self'")
})

test('web app: the policy of the page allows its inline code by hash, and that of other responses does not', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'app-inline-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [script, style] = ['document.title = 1', 'p{color:red}']
  const html = `<!doctype html><script src="/a.js"></script><script data-a="1">${script}</script><style>${style}</style>`
  writeFileSync(path.join(folder, 'index.html'), html)
  writeFileSync(path.join(folder, 'a.js'), script)
  await using app = await testApp({ webFolder: folder })
  const policyOf = async (address: string) => {
    const { headers } = await fetch(`${app.url}${address}`)
    return headers.get('content-security-policy')?.split('; ')
  }
  const sourceOf = (code: string) => `'self' 'sha256-${createHash('sha256').update(code).digest('base64')}'`
  for (const address of ['/login', '/no-page']) {
    const policy = await policyOf(address)
    expect(policy).toContain(`script-src ${sourceOf(script)}`)
    expect(policy).toContain(`style-src ${sourceOf(style)}`)
  }
  for (const address of ['/a.js', '/trpc/auth.session', '/livez']) {
    const policy = await policyOf(address)
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("style-src 'self'")
  }
})

test('web app: one warning at the start names the files that are not served', async () => {
  await using app = await testApp({ webFolder })
  const warnings = app.log.lines.filter(({ level }) => level === 'warn')
  expect(warnings).toMatchObject([{ files: ['assets/model.bin', 'backup.sql'] }])
})

test('web app: without a build the API works, and a page explains how to build', async () => {
  await using app = await testApp()
  expect(await app.api.auth.session.query()).toBeNull()
  const response = await fetch(`${app.url}/login`)
  expect([response.status, response.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8'])
  expect(await response.text()).toContain('npm start')
})
