import type { IncomingMessage } from 'node:http'
import { bodyLimitBytes } from '@app/contract'
import { maxBodyBytes } from '../admission/call-bytes.ts'
import type { HostFailure } from '../http/send-failure.ts'
import { hasTooManyStructures, maxStructures } from './json-structures.ts'

export interface ReadBody {
  kind: 'read'
  text: string
  /** The parsed JSON; undefined for a form. */
  value: unknown
}

export type Body =
  | ReadBody
  | { kind: 'rejected'; failure: HostFailure }
  /** The client left before the end of the body. */
  | { kind: 'aborted' }

/**
 * The content type of a body: JSON, changes as JSON (RFC 7396), or the fields of a form that was submitted
 * without scripts.
 */
export type BodyType = 'json' | 'patch' | 'form'

/**
 * Reads the body of a call: in UTF-8, not compressed, at most 100 KB. An empty JSON body is `{}`. Memory is
 * bounded, whatever Content-Length says.
 * @param nextTurn waits for the caller's next turn, before the body is parsed; false when the client has left
 */
export async function readBody(
  request: IncomingMessage,
  type: BodyType,
  nextTurn: () => Promise<boolean>,
): Promise<Body> {
  const announced = Number(request.headers['content-length'] ?? 0)
  const isEmpty = announced === 0 && request.headers['transfer-encoding'] === undefined
  if (!hasType(request, type, isEmpty)) return rejected({ reason: 'UNSUPPORTED_MEDIA_TYPE' })
  if (announced > bodyLimitBytes) return rejected({ reason: 'PAYLOAD_TOO_LARGE' })
  const read = await readBytes(request)
  if (read.kind !== 'bytes') return read
  if (!(await nextTurn())) return { kind: 'aborted' }
  if (type === 'form') return { kind: 'read', text: read.bytes.toString(), value: undefined }
  if (read.bytes.length === 0) return { kind: 'read', text: '{}', value: {} }
  return parseJson(read.bytes)
}

const typePatterns = {
  json: /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i,
  patch: /^application\/(merge-patch\+)?json\s*(;\s*charset="?utf-8"?\s*)?$/i,
  form: /^application\/x-www-form-urlencoded\s*(;\s*charset="?utf-8"?\s*)?$/i,
}

function hasType({ headers }: IncomingMessage, wanted: BodyType, isEmpty: boolean): boolean {
  const { 'content-type': type, 'content-encoding': encoding = 'identity' } = headers
  if (encoding.toLowerCase() !== 'identity') return false
  return type === undefined ? isEmpty : typePatterns[wanted].test(type)
}

function rejected(failure: HostFailure): Body & { kind: 'rejected' } {
  return { kind: 'rejected', failure }
}

type ReadBytes = { kind: 'bytes'; bytes: Buffer } | Exclude<Body, ReadBody>

const firstBytes = 4_096

function readBytes(request: IncomingMessage): Promise<ReadBytes> | ReadBytes {
  // Without a body there are no events.
  if (request.readableEnded) return { kind: 'bytes', bytes: Buffer.alloc(0) }
  const { promise, resolve } = Promise.withResolvers<ReadBytes>()
  const reserved = maxBodyBytes(request)
  // One buffer, because a list of pieces takes several times the bytes of small ones. Most bodies without a
  // length are small too: it begins small, and doubles.
  let bytes: Buffer = Buffer.allocUnsafe(Math.min(reserved, firstBytes))
  let size = 0
  const onData = (piece: Buffer) => {
    const needed = size + piece.length
    if (needed <= reserved) {
      if (needed > bytes.length) bytes = grown(bytes, Math.min(reserved, Math.max(needed, 2 * bytes.length)))
      size += piece.copy(bytes, size)
      return
    }
    // The rest is read and dropped, so that the client can finish and read the response.
    request.off('data', onData)
    request.resume()
    return resolve(rejected({ reason: 'PAYLOAD_TOO_LARGE' }))
  }
  request.on('data', onData)
  request.once('end', () => resolve({ kind: 'bytes', bytes: bytes.subarray(0, size) }))
  request.once('close', () => resolve({ kind: 'aborted' }))
  request.once('error', () => resolve({ kind: 'aborted' }))
  return promise
}

function grown(bytes: Buffer, length: number): Buffer {
  const longer = Buffer.allocUnsafe(length)
  bytes.copy(longer)
  return longer
}

function parseJson(bytes: Buffer): Body {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    if (hasTooManyStructures(text)) return rejected(invalid(tooManyStructures))
    return { kind: 'read', text, value: JSON.parse(text) as unknown }
  } catch {
    return rejected(invalid('The input is not valid JSON.'))
  }
}

const tooManyStructures = `The input has more than ${maxStructures.toLocaleString('en')} arrays and objects.`

function invalid(sentence: string): HostFailure {
  return { reason: 'INVALID_INPUT', fields: {}, form: [sentence] }
}
