import { batchAnswerLimitBytes, bodyLimitBytes, pageBytesLimit } from '@app/contract'
import type { Request } from 'express'
import { isDownload, isHeavy, isPublic, procedureType } from '../api/procedure-type.ts'

/** What surrounds the data of an answer: ids, times, and failures. */
const envelopeBytes = 16 * 1024

/** A page of a list. Pages of short rows are shorter: 100 of 2.5 KB at most. */
const listBytes = pageBytesLimit + envelopeBytes

/**
 * Any other answer. The longest are texts of 20,000 characters: control characters have six bytes each in
 * JSON.
 */
const answerBytes = 128 * 1024

/** Events are small, and one at a time is in memory. */
const streamBytes = 4 * 1024

/** Returns how many bytes the body of a call may have in memory at most. */
export function maxBodyBytes({ headers }: Request): number {
  const announced =
    headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity
  return Math.min(announced, bodyLimitBytes)
}

/** Returns how many bytes the answer of a call may have in memory at most. */
export function maxAnswerBytes(names: string): number {
  if (names.includes(',')) return batchAnswerLimitBytes + envelopeBytes
  if (isPublic(names)) return envelopeBytes
  if (procedureType(names) === 'subscription') return streamBytes
  // A page that is being sent and one that is being read.
  if (isDownload(names)) return 2 * listBytes
  return isHeavy(names) ? listBytes : answerBytes
}
