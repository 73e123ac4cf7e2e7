import type { IncomingMessage } from 'node:http'
import { batchAnswerLimitBytes, bodyLimitBytes, pageBytesLimit } from '@app/contract'
import { isDownload, isHeavy, isPublic, procedureType } from '../api/procedure-type.ts'

/** The part of a response around the data: ids, times, and failures. */
const envelopeBytes = 16 * 1024

/** A page of a list. Pages of short rows are shorter: at most 100 of 2.5 KB. */
const listBytes = pageBytesLimit + envelopeBytes

/**
 * Any other response. The longest are texts of 20,000 characters: control characters have six bytes each in
 * JSON.
 */
const responseBytes = 128 * 1024

/** Events are small, and one at a time is in memory. */
const streamBytes = 4 * 1024

/** Returns the maximum number of bytes that the body of a call may have in memory. */
export function maxBodyBytes({ headers }: IncomingMessage): number {
  const announced =
    headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity
  return Math.min(announced, bodyLimitBytes)
}

/** Returns the maximum number of bytes that the response of a call may have in memory. */
export function maxAnswerBytes(names: string): number {
  if (names.includes(',')) return batchAnswerLimitBytes + envelopeBytes
  if (isPublic(names)) return envelopeBytes
  if (procedureType(names) === 'subscription') return streamBytes
  // A page that is sent and one that is read.
  if (isDownload(names)) return 2 * listBytes
  return isHeavy(names) ? listBytes : responseBytes
}
