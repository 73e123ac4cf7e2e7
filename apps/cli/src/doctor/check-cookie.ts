import { cookieVerdict } from './cookie-verdict.ts'
import type { CookieProblem } from './cookie-verdict.ts'
import { findingsOf } from './finding.ts'
import type { Finding } from './finding.ts'
import { parseSetCookie } from './set-cookie.ts'
import type { CookieFacts } from './set-cookie.ts'
import { ask } from './subject.ts'
import type { Subject } from './subject.ts'

const { ok, warn, fail, skipped } = findingsOf('cookie')

const json = { 'content-type': 'application/json' }

/** Says whether a browser stores the session's cookie and sends it from pages of the given origin. */
export async function checkCookie(subject: Subject): Promise<Finding> {
  const { page, server } = subject
  const cookie = await sessionCookie(subject)
  if (cookie === null) return skipped('The server set no cookie with its answer to a log-out.')
  const { isSameSite, problem } = cookieVerdict(page, server, cookie)
  const facts = `${cookie.name}; SameSite=${cookie.sameSite}${cookie.secure ? '; Secure' : ''}`
  const pair = page.origin === server.origin ? server.origin : `${page.origin} calling ${server.origin}`
  if (problem !== null) return fail(`${pair}: ${texts[problem]} (${facts}).`, fixOf(problem, subject))
  if (!cookie.httpOnly)
    return fail(`Scripts can read the cookie (${facts}).`, 'Let no proxy change Set-Cookie.')
  if (!isSameSite) {
    return warn(
      `${pair}: browsers that allow cookies of other sites store and send it (${facts}). Safari blocks it, and Firefox separates it.`,
      `Serve the pages from the site of the server: another host name of the same domain, by ${server.protocol.slice(0, -1)}.`,
    )
  }
  return ok(
    `${pair}: a browser stores the cookie and sends it (${facts}${page.origin === server.origin ? '' : '; same site'}).`,
  )
}

const texts: { [P in CookieProblem]: string } = {
  'mixed-content': 'a page of https may not call a server of plain http',
  'secure-over-http': 'browsers do not store a Secure cookie that comes by plain http',
  'none-without-secure': 'browsers refuse SameSite=None without Secure',
  prefix: 'browsers refuse the cookie, because its attributes do not fit the prefix of its name',
  'other-site': 'page and server are two sites, so the cookie is neither stored nor sent',
}

function fixOf(problem: CookieProblem, { page, server }: Subject): string {
  const https = `https://${server.host}`
  switch (problem) {
    case 'mixed-content':
      return `Serve the API by https: PUBLIC_URL=${https}, and a proxy with a certificate in front.`
    case 'secure-over-http':
      return `Open ${https}, with a proxy that has a certificate; or, for this machine only, PUBLIC_URL=${server.origin}`
    case 'none-without-secure':
    case 'prefix':
      return 'Let no proxy change Set-Cookie (nginx: no proxy_cookie_flags, proxy_cookie_path or proxy_cookie_domain).'
    case 'other-site':
      return otherSiteFix(page, server)
  }
}

function otherSiteFix(page: URL, server: URL): string {
  const local = ['localhost', '127.0.0.1', '[::1]']
  if (local.includes(page.hostname) && local.includes(server.hostname)) {
    const port = page.port === '' ? '' : `:${page.port}`
    return `Open the page as ${page.protocol}//${server.hostname}${port} (a port makes no other site, another name does), or COOKIE_SAMESITE=none and ALLOWED_ORIGINS=${page.origin}`
  }
  if (page.hostname === server.hostname) return `Use https for both: the scheme is part of the site.`
  return `COOKIE_SAMESITE=none and ALLOWED_ORIGINS=${page.origin} (Safari and Firefox still keep it apart); better: serve the pages from a host name of the server's domain.`
}

/**
 * Reads the cookie in the answer to a log-out without a session, which changes nothing and clears the cookie:
 * with the attributes that a log-in sets.
 */
async function sessionCookie(subject: Subject): Promise<CookieFacts | null> {
  const options = { method: 'POST', headers: json, body: '{}' } as const
  const { headers } = await ask(subject, '/trpc/auth.logout', options)
  const cookies = (headers['set-cookie'] ?? []).map(parseSetCookie)
  return cookies.find(({ name }) => /^(__Host-|__Secure-)?session(-\d+)?$/i.test(name)) ?? null
}
