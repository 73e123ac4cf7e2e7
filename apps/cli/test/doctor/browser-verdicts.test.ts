import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import path from 'node:path'
import { chromiumProgram, isInstalled, makeCertificate } from '@app/router/testing'
import { expect, test } from 'vitest'
import { cookieVerdict } from '../../src/doctor/cookie-verdict.ts'
import { parseSetCookie } from '../../src/doctor/set-cookie.ts'
import { remoteUser } from '../remote/remote-run.ts'
import { serving } from '../remote/serving.ts'

const lax = 'Path=/; HttpOnly; Secure; SameSite=Lax'
const none = 'Path=/; HttpOnly; Secure; SameSite=None'

/** The origin of the page, that of the server, the prefix of the cookie's name, and its attributes. */
const cases: [page: string, server: string, prefix: string, attributes: string][] = [
  ['https://a.example.org', 'https://a.example.org', '__Host-', lax],
  ['https://app.example.org', 'https://accounts.example.org', '__Host-', lax],
  ['https://example.org', 'https://accounts.example.org', '__Host-', lax],
  ['https://example.com', 'https://accounts.example.org', '__Host-', lax],
  ['https://example.com', 'https://accounts.example.org', '__Host-', none],
  ['https://one.github.io', 'https://two.github.io', '__Host-', lax],
  ['https://app.one.github.io', 'https://one.github.io', '__Host-', lax],
  ['https://one.co.uk', 'https://two.co.uk', '__Host-', lax],
  ['http://app.example.org', 'https://accounts.example.org', '__Host-', lax],
  ['https://example.com', 'https://accounts.example.org', '', 'Path=/; SameSite=None'],
  ['https://a.example.org', 'https://a.example.org', '__Host-', `${lax}; Domain=example.org`],
  ['https://a.example.org', 'https://a.example.org', '__Host-', lax.replace('Path=/;', 'Path=/app;')],
  ['http://accounts.example.org', 'http://accounts.example.org', '', lax],
  ['https://app.example.org', 'http://accounts.example.org', '', 'Path=/; SameSite=Lax'],
  ['http://a.localhost', 'http://localhost', '', 'Path=/; SameSite=Lax'],
  ['http://localhost', 'http://localhost', '', lax],
]

/**
 * Lets Chromium open one page after the other. Each calls its server twice with credentials, and the server
 * notes whether the second call has the cookie of the first.
 */
async function askChromium(): Promise<boolean[]> {
  const sent = cases.map(() => false)
  const finished = Promise.withResolvers<void>()
  const ports = { http: '', https: '' }
  const withPort = (origin: string) => `${origin}:${origin.startsWith('https:') ? ports.https : ports.http}`
  const listener: RequestListener = (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const index = Number(searchParams.get('case'))
    const [page = '', server = '', prefix = '', attributes = ''] = cases[index] ?? []
    if (pathname === '/page' && index >= cases.length) finished.resolve()
    if (pathname === '/page') return void response.end(pageText(withPort(server), index, nextPage(index)))
    const name = `${prefix}case-${index}`
    if (pathname === '/set') response.setHeader('Set-Cookie', `${name}=x; ${attributes}`)
    if (pathname === '/get') sent[index] = (request.headers.cookie ?? '').includes(`${name}=x`)
    allow(request, response, withPort(page))
  }
  const nextPage = (index: number) =>
    `${withPort(cases[index + 1]?.[0] ?? 'https://end.example')}/page?case=${index + 1}`
  using plain = await serving(listener)
  using secure = await serving(listener, makeCertificate('example.org'))
  ports.http = new URL(plain.url).port
  ports.https = new URL(secure.url).port
  using user = remoteUser()
  // Some distributions block cookies of other sites by default; doctor warns of that.
  mkdirSync(path.join(user.stateHome, 'Default'))
  const preferences = JSON.stringify({
    profile: { cookie_controls_mode: 0, block_third_party_cookies: false },
  })
  writeFileSync(path.join(user.stateHome, 'Default', 'Preferences'), preferences)
  const browser = spawn(
    chromiumProgram,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--ignore-certificate-errors',
      '--host-resolver-rules=MAP * 127.0.0.1',
      '--remote-debugging-port=0',
      `--user-data-dir=${user.stateHome}`,
      nextPage(-1),
    ],
    { stdio: 'ignore' },
  )
  const ended = once(browser, 'close')
  const early = ended.then(() => {
    throw new Error('Chromium ended before the last page')
  })
  await Promise.race([finished.promise, early])
  browser.kill('SIGTERM')
  await ended
  return sent
}

function pageText(server: string, index: number, next: string): string {
  return `<!doctype html><script>
const call = (path) => fetch('${server}' + path + '?case=${index}', { credentials: 'include' }).catch(() => {})
call('/set').then(() => call('/get')).then(() => { location.href = '${next}' })
</script>`
}

function allow(request: IncomingMessage, response: ServerResponse, origin: string): void {
  response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? origin)
  response.setHeader('Access-Control-Allow-Credentials', 'true')
  response.setHeader('Content-Type', 'text/plain')
  response.end('ok')
}

const why = isInstalled('chromium') ? '' : ' (skipped: no browser)'

test.skipIf(why !== '')(
  `doctor: verdicts on public suffixes, schemes and prefixes are those of Chromium${why}`,
  async () => {
    const sent = await askChromium()
    const compared = cases.map(([page, server, prefix, attributes], index) => {
      const cookie = parseSetCookie(`${prefix}session=x; ${attributes}`)
      const { problem } = cookieVerdict(new URL(page), new URL(server), cookie)
      return { page, server, attributes, doctor: problem === null, browser: sent[index] }
    })
    expect(compared.filter(({ doctor, browser }) => doctor !== browser)).toEqual([])
    expect(compared.filter(({ browser }) => browser === true)).toHaveLength(6)
  },
)
