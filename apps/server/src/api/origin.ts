import type { IncomingHttpHeaders } from 'node:http'
import type { RequestHandler } from 'express'

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
 * Headers that our client, tRPC's links and common tracing libraries send. A page that sends a header that is
 * missing here cannot make any call. The server reads only the first two.
 */
const allowedHeaders = [
  'Content-Type',
  'Last-Event-Id',
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
 */
export function cors(allowedOrigins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    if (allowedOrigins.length === 0) return next()
    response.vary('Origin')
    const { origin } = request.headers
    if (origin === undefined || !allowedOrigins.includes(origin)) return next()
    response.set({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Expose-Headers': 'X-Request-Id, Retry-After',
    })
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) {
      return next()
    }
    response.set({
      'Access-Control-Allow-Methods': 'GET, POST',
      'Access-Control-Allow-Headers': allowedHeaders,
      'Access-Control-Max-Age': '600',
    })
    response.status(204).end()
  }
}
