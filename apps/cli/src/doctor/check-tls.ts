import { networkProblem } from '../remote/network-problem.ts'
import { findingsOf } from './finding.ts'
import type { Finding } from './finding.ts'
import { probe } from './probe.ts'
import type { Certificate, ProbeResult } from './probe.ts'
import { ask } from './subject.ts'
import type { Subject } from './subject.ts'

const { ok, warn, fail, skipped } = findingsOf('tls')
const hsts = findingsOf('hsts')
const redirect = findingsOf('redirect')

const dayMs = 86_400_000
const soonDays = 14

const renew = 'Renew the certificate (certbot renew), and reload the proxy.'

const sendChain =
  'Send the intermediate certificates too. nginx: ssl_certificate fullchain.pem; HAProxy: the same chain in the file of `crt`.'

/** What to do about a certificate that this machine does not trust, by the code of OpenSSL. */
const trustFixes: { [code: string]: string | undefined } = {
  CERT_HAS_EXPIRED: renew,
  ERR_TLS_CERT_ALTNAME_INVALID: 'Get a certificate for this name, or open the name of the certificate.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: sendChain,
  UNABLE_TO_GET_ISSUER_CERT: sendChain,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: sendChain,
}

const otherFix =
  'Use a certificate of a public authority: Caddy gets one by itself, nginx with certbot. A browser refuses this one.'

/** Checks the certificate, the header HSTS, and that plain http leads to https. */
export async function checkTls(subject: Subject): Promise<Finding[]> {
  if (subject.server.protocol === 'http:') return [skipped('The address is plain http.')]
  const response = await ask(subject, '/livez')
  const { certificate } = response
  if (certificate === null) return [skipped('The connection has no certificate.')]
  return [checkCertificate(certificate, subject), checkHsts(response), await checkRedirect(subject)]
}

function checkCertificate({ validTo, distrust, protocol }: Certificate, { server, now }: Subject): Finding {
  const days = Math.floor((validTo - now()) / dayMs)
  const until = new Date(validTo).toISOString().slice(0, 10)
  if (validTo < now()) return fail(`The certificate of ${server.host} expired on ${until}.`, renew)
  if (distrust !== null) {
    const reason = networkProblem(Object.assign(new Error(distrust), { code: distrust }), server.host)
    return fail(reason, trustFixes[distrust] ?? otherFix)
  }
  if (protocol !== 'TLSv1.2' && protocol !== 'TLSv1.3') {
    return fail(`The server speaks ${protocol}.`, 'nginx: ssl_protocols TLSv1.2 TLSv1.3;')
  }
  if (days < soonDays) return warn(`The certificate expires on ${until}, in ${days} days.`, renew)
  return ok(`The certificate is trusted, and valid until ${until} (${protocol}).`)
}

function checkHsts({ headers }: ProbeResult): Finding {
  const header = headers['strict-transport-security']
  if (/max-age=0*[1-9]/i.test(header ?? '')) return hsts.ok('Browsers remember to use https only.')
  return hsts.warn(
    'Strict-Transport-Security is missing, so the first visit by plain http can be read.',
    'Set PUBLIC_URL to the https address. If it is, let the proxy keep the header (nginx: no proxy_hide_header).',
  )
}

async function checkRedirect({ plainHttp, timeoutMs }: Subject): Promise<Finding> {
  if (plainHttp === null)
    return redirect.skipped('The address names a port, so plain http to port 80 is not checked.')
  const fix = 'nginx: a server with listen 80; and return 301 https://$host$request_uri;'
  try {
    const { status, headers } = await probe(plainHttp, { timeoutMs })
    const leadsToHttps = status >= 300 && status < 400 && headers.location?.startsWith('https://')
    if (leadsToHttps) return redirect.ok('Plain http leads to https.')
    return redirect.fail(`Plain http answers ${status} instead of leading to https.`, fix)
  } catch {
    return redirect.ok('No program answers plain http.')
  }
}
