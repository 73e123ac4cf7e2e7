import { request as httpRequest } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { TLSSocket } from 'node:tls'
import { createGunzip } from 'node:zlib'
import { codeOf } from '../error-causes.ts'

export interface ProbeOptions {
  method?: 'GET' | 'POST' | 'OPTIONS'
  headers?: Record<string, string>
  body?: string
  timeoutMs: number
  /** Sees each piece of the body as it arrives. Returns false to stop reading. */
  onChunk?: (text: string) => boolean
}

export interface Certificate {
  /** Why this machine does not trust it; null if it does. */
  distrust: string | null
  validTo: number
  protocol: string | null
}

export interface ProbeResult {
  status: number
  headers: IncomingHttpHeaders
  /** At most 64 KB. */
  body: string
  /** The address that was connected to. */
  remoteAddress: string
  certificate: Certificate | null
}

const maxBodyBytes = 64 * 1024

/**
 * Makes one request on a new connection. Accepts every certificate, because the checks report what is wrong
 * with it. So a probe never has a cookie, a password or a token.
 * @throws the error of the system
 */
export function probe(url: URL, options: ProbeOptions): Promise<ProbeResult> {
  const { method = 'GET', headers = {}, body, timeoutMs, onChunk } = options
  const { promise, resolve, reject } = Promise.withResolvers<ProbeResult>()
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  const late = AbortSignal.timeout(timeoutMs)
  const request = send(url, { method, headers, agent: false, rejectUnauthorized: false, signal: late })
  request.once('error', (error) => reject(late.aborted ? timeoutError() : error))
  request.once('response', (response) => {
    // Read at once: the end of the response takes the socket away.
    const connection = connectionOf(response)
    const finish = (text: string) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, ...connection })
    }
    let text = ''
    const decoded = response.headers['content-encoding'] === 'gzip' ? response.pipe(createGunzip()) : response
    decoded.setEncoding('utf8')
    decoded.on('data', (chunk: string) => {
      text += chunk
      if (onChunk?.(chunk) !== false && text.length <= maxBodyBytes) return
      finish(text)
      request.destroy()
    })
    decoded.once('end', () => finish(text))
    decoded.once('error', reject)
    response.once('error', (error) => reject(late.aborted ? timeoutError() : error))
  })
  request.end(body)
  return promise
}

function timeoutError(): Error {
  return Object.assign(new Error('No response in time'), { code: 'ETIMEDOUT' })
}

function connectionOf({ socket }: IncomingMessage): Pick<ProbeResult, 'remoteAddress' | 'certificate'> {
  const remoteAddress = socket.remoteAddress ?? ''
  if (!(socket instanceof TLSSocket)) return { remoteAddress, certificate: null }
  const { authorizationError: distrust } = socket
  return {
    remoteAddress,
    certificate: {
      // Some versions of Node have an error here, others its code.
      distrust: distrust instanceof Error ? (codeOf(distrust) ?? distrust.message) : (distrust ?? null),
      validTo: Date.parse(socket.getPeerCertificate().valid_to),
      protocol: socket.getProtocol(),
    },
  }
}
