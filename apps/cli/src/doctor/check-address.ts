import { askForReport } from './connection-report.ts'
import { findingsOf } from './finding.ts'
import type { Finding } from './finding.ts'
import { isPrivateAddress } from './private-address.ts'
import type { Subject } from './subject.ts'

const { ok, fail, skipped } = findingsOf('address')

/** An address for documentation (RFC 5737): no client has it. */
const forged = '192.0.2.77'

const sendHeader =
  'nginx: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; HAProxy: option forwardfor (Caddy does so by default), and TRUST_PROXY=<number of proxies>'

/** The problems that the server finds itself, with their fixes. */
const problems: { [problem: string]: [text: string, fix: string] | undefined } = {
  untrusted: [
    'The proxy sends X-Forwarded-For, and the server ignores it: all users share the limits of one address.',
    'TRUST_PROXY=<number of proxies>, 1 for one',
  ],
  missing: [
    'X-Forwarded-For has fewer addresses than TRUST_PROXY, so users share the limits of a proxy.',
    `${sendHeader}; or lower TRUST_PROXY`,
  ],
  unreadable: [
    'X-Forwarded-For has an entry that is no address, so users share the limits of all whose address is unknown.',
    sendHeader,
  ],
  unknownProxy: [
    'X-Forwarded-For comes from an address that is not a proxy of the settings, and is ignored.',
    'PROXY_ADDRESSES=<addresses of the proxies>',
  ],
}

/** Checks whether the server sees the addresses of clients, not that of a proxy or one that they choose. */
export async function checkAddress(subject: Subject): Promise<Finding> {
  const answer = await askForReport(subject)
  if (answer === null) return skipped('The server does not report which address it sees.')
  const { report, remoteAddress, proxy } = answer
  const [text, fix] = problems[report.addressProblem ?? ''] ?? []
  if (text !== undefined && fix !== undefined) return fail(text, fix)
  if (!report.isForwarded && (proxy !== null || seesProxy(report.address, remoteAddress))) {
    return fail(
      `A proxy${proxy === null ? '' : ` (${proxy.slice(0, 40)})`} is in front, and the server does not get the addresses of clients: all users share the limits of one.`,
      sendHeader,
    )
  }
  const spoofed = await askForReport(subject, { 'x-forwarded-for': forged })
  if (spoofed?.report.address === forged) {
    return fail(
      'The server believes an X-Forwarded-For that the client wrote: clients can choose their address, and so avoid limits.',
      'The last entry must be the address that the proxy saw. nginx: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; HAProxy: option forwardfor (without if-none). TRUST_PROXY must not be higher than the number of proxies.',
    )
  }
  if (report.address === null || report.address === 'private') {
    return ok('The server sees an address of a private network, as this connection has one.')
  }
  return ok(
    `The server sees this machine as ${report.address}. If that is the address of a proxy, raise TRUST_PROXY.`,
  )
}

/** We came through a public address, and the server sees a private one. */
function seesProxy(seen: string | null, remoteAddress: string): boolean {
  return seen === 'private' && !isPrivateAddress(remoteAddress)
}
