import type { IncomingHttpHeaders } from 'node:http'
import type { Step } from '../http/steps.ts'

/**
 * Checks whether a call comes from our own pages, an allowed site, or a program (ASVS 5.0 3.5.1). Browsers
 * send at least one of the two headers with every POST, and no page can forge them; programs send neither.
 * Where both are sent, `Origin` decides: a page under another name that resolves to this server is
 * `same-origin` (DNS rebinding).
 * @param origins our own and those of ALLOWED_ORIGINS
 */
export function isTrustedOrigin(headers: IncomingHttpHeaders, origins: readonly string[]): boolean {
  const { origin, 'sec-fetch-site': site } = headers
  if (origin !== undefined) return origins.includes(origin)
  return site === undefined || site === 'same-origin'
}

/**
 * Checks the same of a submitted form. The `Referrer-Policy` of the web app's pages makes browsers send
 * `Origin: null` with our own forms (Fetch standard).
 */
export function isTrustedForm(headers: IncomingHttpHeaders, origins: readonly string[]): boolean {
  if (headers.origin === 'null') return headers['sec-fetch-site'] === 'same-origin'
  return isTrustedOrigin(headers, origins)
}

/**
 * Headers that our client, tRPC's links, common tracing libraries and the tutorials' pages send. A page that
 * sends a header that is missing here cannot make any call. The server reads only the first two.
 */
const allowedHeaders = [
  'Content-Type',
  'Last-Event-Id',
  // The tutorials' pages send it with every call: `X-Origin: client`.
  'X-Origin',
  'Trpc-Accept',
  'X-Trpc-Source',
  'X-Request-Id',
  'X-Correlation-Id',
  // W3C Trace Context and Baggage (OpenTelemetry), and their predecessors.
  'Traceparent',
  'Tracestate',
  'Baggage',
  'B3',
  'X-B3-TraceId',
  'X-B3-SpanId',
  'X-B3-ParentSpanId',
  'X-B3-Sampled',
  'X-B3-Flags',
  'Uber-Trace-Id',
  // Sentry, Datadog, New Relic, Elastic, AWS X-Ray, Google Cloud.
  'Sentry-Trace',
  'X-Datadog-Trace-Id',
  'X-Datadog-Parent-Id',
  'X-Datadog-Origin',
  'X-Datadog-Sampling-Priority',
  'X-Datadog-Tags',
  'Newrelic',
  'Elastic-Apm-Traceparent',
  'X-Amzn-Trace-Id',
  'X-Cloud-Trace-Context',
].join(', ')

/**
 * Lets pages of `allowedOrigins` call with the session cookie of their user and read the responses (CORS).
 * @param methods what preflights allow
 */
export function cors(allowedOrigins: readonly string[], methods: readonly string[]): Step {
  return (request, response, next) => {
    if (allowedOrigins.length === 0) return next()
    response.setHeader('Vary', 'Origin')
    const { origin } = request.headers
    if (origin === undefined || !allowedOrigins.includes(origin)) return next()
    response.setHeader('Access-Control-Allow-Origin', origin)
    response.setHeader('Access-Control-Allow-Credentials', 'true')
    response.setHeader('Access-Control-Expose-Headers', 'X-Request-Id, Retry-After, Link')
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) {
      return next()
    }
    response.setHeader('Access-Control-Allow-Methods', methods.join(', '))
    response.setHeader('Access-Control-Allow-Headers', allowedHeaders)
    response.setHeader('Access-Control-Max-Age', '600')
    response.writeHead(204).end()
  }
}
