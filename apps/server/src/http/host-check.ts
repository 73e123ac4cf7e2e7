import type { Logger } from 'pino'
import { isApiPath } from '../api/api-path.ts'
import { isHealthPath } from '../operations/health.ts'
import { sendErrorPage } from './error-page.ts'
import { hostFailure, hostHeaders } from './host-failure.ts'
import { loggedText } from './logged-text.ts'
import { defaultPortOf } from './normalize-host.ts'
import type { OwnAddresses } from './own-addresses.ts'
import { requestIdOf } from './request-id.ts'
import { requestPath } from './request-path.ts'
import { sendFailure } from './send-failure.ts'
import type { Step } from './steps.ts'

interface HostCheckOptions {
  own: () => OwnAddresses
  log: Logger
}

/** How many characters of a host name are logged; a real one has at most 253. */
const loggedCharacters = 300

/**
 * Rejects requests whose Host is not ours. A target that is a whole URL is reduced to its path, because later
 * code needs a path that begins with a slash. Its host is checked too (RFC 9112 section 3.2.2). Health checks
 * may also have an IP address or, in HTTP/1.0, no Host, as load balancers send them.
 */
export function hostCheck({ own, log }: HostCheckOptions): Step {
  let hasWarned = false
  return (request, response, next) => {
    const { url = '' } = request
    const target = url.startsWith('/') ? undefined : URL.parse(url)
    if (target === null || (target !== undefined && !/^https?:$/.test(target.protocol))) {
      return sendFailure(response, { reason: 'NO_SUCH_PROCEDURE' })
    }
    if (target !== undefined) request.url = `${target.pathname}${target.search}`
    const { hosts, publicUrl } = own()
    const failure = hostFailure(request, {
      hosts,
      defaultPort: defaultPortOf(publicUrl),
      target: target?.host,
      allowsAddresses: isHealthPath(requestPath(request)),
    })
    if (failure === null) return next()
    const host = [...hostHeaders(request), target?.host].join(' ')
    const facts = { requestId: requestIdOf(response), host: loggedText(host.trim(), loggedCharacters) }
    log[hasWarned ? 'info' : 'warn'](facts, `rejected a Host that is not ours. ${advice}`)
    hasWarned = true
    if (failure.reason !== 'MISDIRECTED' || isApiPath(requestPath(request)))
      return sendFailure(response, failure)
    sendErrorPage(response, {
      status: 421,
      title: 'This server has another address',
      text: 'Use this one instead:',
      link: publicUrl,
      forOperators: advice,
    })
  }
}

const advice =
  'Set PUBLIC_URL to the address that users open, let the proxy forward the Host header, and list other names in ALLOWED_HOSTS.'
