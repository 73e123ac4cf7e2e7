import { batchAnswerLimitBytes, bodyLimitBytes, notePageLimits } from '@latchkey/contract'
import type { Request } from 'express'

import { isHeavy, isPublic, isWritingQuery } from './procedure-type.ts'

/** The envelope of an answer: ids, times, and failures. */
const envelopeBytes = 16 * 1024
/** A list: the longest page is one of notes. Of the others, 100 rows of 2.5 KB are the longest. */
const listBytes = notePageLimits.bytes + envelopeBytes
/** The longest note, of control characters, which have six bytes each in JSON. */
const noteBytes = 128 * 1024

/** How many bytes a call may have in memory at most, its body and its answer together. */
export function roomForCall({ headers }: Request, names: string): number {
  const announced =
    headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity
  return Math.min(announced, bodyLimitBytes) + roomForAnswer(names)
}

function roomForAnswer(names: string): number {
  if (names.includes(',')) return batchAnswerLimitBytes + envelopeBytes
  if (isPublic(names)) return envelopeBytes
  // An export has a page that is being sent and one that is being read.
  if (isWritingQuery(names)) return 2 * listBytes
  return isHeavy(names) ? listBytes : noteBytes
}
