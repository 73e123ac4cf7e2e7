import { findingsOf } from './finding.ts'
import type { Finding } from './finding.ts'
import { ask } from './subject.ts'
import type { Subject } from './subject.ts'

const { ok, fail, skipped } = findingsOf('origin')

/** Checks whether pages of the given origin may call, as a browser asks: by a preflight and a real call. */
export async function checkOrigin(subject: Subject): Promise<Finding> {
  const { page, server } = subject
  const isAllowed = await acceptsCall(subject)
  if (isAllowed === null) return skipped('The server does not answer calls.')
  if (page.origin === server.origin) {
    return isAllowed
      ? ok('The server accepts calls from its pages.')
      : fail(
          `The server rejects calls from its pages at ${page.origin} (CROSS_ORIGIN).`,
          `PUBLIC_URL=${page.origin}`,
        )
  }
  if (!isAllowed) {
    return fail(
      `The server rejects calls of pages of ${page.origin} (CROSS_ORIGIN).`,
      `ALLOWED_ORIGINS=${page.origin} (separated by commas from others)`,
    )
  }
  const problem = await preflightProblem(subject)
  return problem ?? ok(`A browser lets pages of ${page.origin} call with cookies (CORS).`)
}

/** Whether a log-out without a session, which changes nothing, passes the check of `Origin`. */
async function acceptsCall(subject: Subject): Promise<boolean | null> {
  const headers = { 'content-type': 'application/json', origin: subject.page.origin }
  const { status, body } = await ask(subject, '/trpc/auth.logout', { method: 'POST', headers, body: '{}' })
  if (status === 200) return true
  return body.includes('CROSS_ORIGIN') ? false : null
}

/** Reads the answer to a preflight as browsers do (Fetch, 4.8 and 4.10). */
async function preflightProblem(subject: Subject): Promise<Finding | null> {
  const { origin } = subject.page
  const answer = await ask(subject, '/trpc/auth.logout', {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  })
  const header = (name: string) => String(answer.headers[name] ?? '')
  const allowed = header('access-control-allow-origin')
  const passesOptions =
    'Let the proxy forward OPTIONS and add no Access-Control headers: the server sends them.'
  if (answer.status < 200 || answer.status > 299) {
    return fail(`The preflight is answered with status ${answer.status}.`, passesOptions)
  }
  if (allowed !== origin) {
    return fail(
      `Access-Control-Allow-Origin is ${allowed === '' ? 'missing' : `"${allowed.slice(0, 100)}"`} instead of ${origin}.`,
      allowed.includes(',') || allowed === '*' ? passesOptions : `ALLOWED_ORIGINS=${origin}`,
    )
  }
  if (header('access-control-allow-credentials') !== 'true') {
    return fail('Access-Control-Allow-Credentials is missing, so browsers send no cookie.', passesOptions)
  }
  if (!/(^|[\s,])content-type($|[\s,])/i.test(header('access-control-allow-headers'))) {
    return fail('The preflight does not allow the header Content-Type.', passesOptions)
  }
  return null
}
