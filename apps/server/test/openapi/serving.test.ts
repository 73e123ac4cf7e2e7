import { expect, test } from 'vitest'
import type { OpenApiDocument } from '../../src/openapi/open-api.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { apiDocument } from './api-document.ts'

const paths = ['/api/openapi.json', '/api/docs']

test('API documentation: the document names this server and its cookie', async () => {
  await using app = await testApp({ host: { publicUrl: 'https://accounts.example.org' } })
  const response = await fetch(`${app.url}/api/openapi.json`, { headers: { host: 'accounts.example.org' } })
  // Sound: what the server builds.
  const document = (await response.json()) as OpenApiDocument
  expect(response.headers.get('content-type')).toMatch(/^application\/json/)
  expect(document.servers).toEqual([
    { url: 'https://accounts.example.org/api/v1', description: 'This server.' },
  ])
  expect(document.components.securitySchemes['sessionCookie']).toMatchObject({ name: '__Host-session' })
  expect(document).toEqual(await apiDocument())
})

test.each(paths)('%s: is cached by its tag, compressed and bounded', async (path) => {
  await using app = await testApp()
  const first = await fetch(app.url + path, { headers: { 'accept-encoding': 'identity' } })
  const text = await first.text()
  const tag = first.headers.get('etag') ?? ''
  expect(first.headers.get('cache-control')).toBe('no-cache')
  expect(text.length).toBeGreaterThan(50_000)
  expect(text.length).toBeLessThan(500_000)

  const again = await fetch(app.url + path, {
    headers: { 'accept-encoding': 'identity', 'if-none-match': tag },
  })
  expect(again.status).toBe(304)
  for (const encoding of ['br', 'gzip']) {
    const compressed = await fetch(app.url + path, { headers: { 'accept-encoding': encoding } })
    expect(compressed.headers.get('content-encoding')).toBe(encoding)
    expect(Number(compressed.headers.get('content-length'))).toBeLessThan(text.length / 5)
    expect(await compressed.text()).toBe(text)
  }
  const head = await fetch(app.url + path, { method: 'HEAD' })
  expect(head.status).toBe(200)
  expect(await head.text()).toBe('')
})

test.each(paths)('%s: is read only', async (path) => {
  await using app = await testApp()
  const response = await fetch(app.url + path, { method: 'POST' })
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('GET, HEAD')
})

test.each(paths)('%s: is not served with OPENAPI=off', async (path) => {
  await using app = await testApp({ host: { servesApiDocs: false } })
  const response = await fetch(app.url + path)
  expect(response.status).toBe(404)
})

test('API documentation: the page may run and send nothing, and load its font only', async () => {
  await using app = await testApp()
  const response = await fetch(`${app.url}/api/docs`)
  const html = await response.text()
  expect(response.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'$/,
  )
  expect(html).not.toMatch(/<script|<link|<img|<form|\son\w+=|\sstyle=/)
})

test('API documentation: only pages of allowed origins may read it', async () => {
  const origin = 'https://app.example.org'
  await using app = await testApp({ host: { allowedOrigins: [origin] } })
  const allowed = await fetch(`${app.url}/api/openapi.json`, { headers: { origin } })
  expect(allowed.headers.get('access-control-allow-origin')).toBe(origin)
  expect(allowed.headers.get('vary')).toContain('Origin')
  const other = await fetch(`${app.url}/api/openapi.json`, { headers: { origin: 'https://other.example' } })
  expect(other.headers.get('access-control-allow-origin')).toBeNull()
})

test('API documentation: first requests at the same time get the same', async () => {
  await using app = await testApp()
  const responses = await Promise.all(
    paths.flatMap((path) => [path, path]).map((path) => fetch(app.url + path)),
  )
  const tags = responses.map(({ headers }) => headers.get('etag'))
  expect(new Set(tags).size).toBe(2)
  expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200])
})
