import { askForReport } from './connection-report.ts'
import { findingsOf } from './finding.ts'
import type { Finding } from './finding.ts'
import { ask } from './subject.ts'
import type { Subject } from './subject.ts'

const { ok, fail, warn } = findingsOf('name')

const passHost =
  'Let the proxy pass the name on. nginx: proxy_set_header Host $http_host; HAProxy and Caddy do so by default.'

/** Checks whether the server has the name and the scheme that users open. */
export async function checkName(subject: Subject): Promise<Finding> {
  const { origin } = subject.server
  const answer = await askForReport(subject)
  if (answer === null) return checkMisdirected(subject)
  const publicUrl = new URL(answer.report.publicUrl)
  if (publicUrl.origin === origin) return ok(`PUBLIC_URL is ${origin}, as users open it.`)
  if (isSameLoopback(publicUrl, subject.server)) {
    return warn(
      `PUBLIC_URL is ${publicUrl.origin}: links and passkeys lead there, and cookies of ${subject.server.hostname} are not sent to it.`,
      `Open ${publicUrl.origin}.`,
    )
  }
  return fail(
    `Users open ${origin}, and PUBLIC_URL is ${publicUrl.origin}: links lead there, the server rejects calls from its pages, and the cookie is for that scheme.`,
    `PUBLIC_URL=${origin}`,
  )
}

/** The server refused the name (421). Its page names the address that it has. */
async function checkMisdirected(subject: Subject): Promise<Finding> {
  const { status, body } = await ask(subject, '/')
  const { origin } = subject.server
  if (status !== 421) {
    return warn(
      'The server does not report what it sees of connections, so some checks are skipped.',
      'Update the server, or let the proxy pass /connectionz.',
    )
  }
  const known = /<a href="(https?:\/\/[^"]+)">/.exec(body)?.[1]
  return known === origin
    ? fail(
        `The proxy replaces the name ${subject.server.host} by another one, and the server refuses it.`,
        passHost,
      )
    : fail(
        `The server refuses the name ${subject.server.host}${known === undefined ? '' : `: it is ${known}`}.`,
        `PUBLIC_URL=${origin}, or open ${known ?? 'the address of PUBLIC_URL'}. ${passHost}`,
      )
}

function isSameLoopback(one: URL, other: URL): boolean {
  const names = ['localhost', '127.0.0.1', '[::1]']
  const isLocal = ({ hostname }: URL) => names.includes(hostname)
  return isLocal(one) && isLocal(other) && one.port === other.port && one.protocol === other.protocol
}
