import type { IncomingMessage } from 'node:http'

import { bodyLimitBytes } from '@app/contract'

import type { HostFailure } from '../http/send-failure.ts'

/** The body as JSON text, or why it is refused. Null: the caller hung up before its end. */
export type Body = { text: string } | { refused: HostFailure } | null

/**
 * Reads the body of a call: JSON in UTF-8, not compressed, at most 100 KB. An empty one is `{}`. What is too large is never kept
 * in memory, whatever its header claimed.
 */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const announced = Number(request.headers['content-length'] ?? 0)
  const isEmpty = announced === 0 && request.headers['transfer-encoding'] === undefined
  if (!isPlainJson(request, isEmpty)) return { refused: { reason: 'UNSUPPORTED_MEDIA_TYPE' } }
  if (announced > bodyLimitBytes) return { refused: { reason: 'PAYLOAD_TOO_LARGE' } }
  const bytes = await collect(request)
  if (bytes === 'too large') return { refused: { reason: 'PAYLOAD_TOO_LARGE' } }
  if (bytes === 'gone') return null
  if (bytes.length === 0) return { text: '{}' }
  return isJson(bytes)
    ? { text: bytes.toString() }
    : { refused: { reason: 'INVALID_INPUT', fields: {}, form: ['The input is not valid JSON.'] } }
}

function isPlainJson({ headers }: IncomingMessage, isEmpty: boolean): boolean {
  const { 'content-type': type, 'content-encoding': encoding = 'identity' } = headers
  if (encoding.toLowerCase() !== 'identity') return false
  if (type === undefined) return isEmpty
  return /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type)
}

function collect(request: IncomingMessage): Promise<Buffer | 'too large' | 'gone'> {
  const { promise, resolve } = Promise.withResolvers<Buffer | 'too large' | 'gone'>()
  const chunks: Buffer[] = []
  let size = 0
  const onData = (chunk: Buffer) => {
    size += chunk.length
    if (size <= bodyLimitBytes) return void chunks.push(chunk)
    // The rest flows on into nothing, so that the caller can finish and read the answer.
    request.off('data', onData)
    request.resume()
    return resolve('too large')
  }
  request.on('data', onData)
  request.once('end', () => resolve(Buffer.concat(chunks)))
  request.once('close', () => resolve('gone'))
  request.once('error', () => resolve('gone'))
  return promise
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
    return true
  } catch {
    return false
  }
}
