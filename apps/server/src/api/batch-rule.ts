import { batchLimit } from '@app/contract'
import type { Request } from 'express'

import { isWritingQuery, procedureType } from './procedure-type.ts'

/**
 * Whether a request asks for more than one call in a way that is not served. A batch holds a few queries and nothing else:
 * one request must not buy many attempts, and one failure must not hide behind another. A query that writes stands alone for the same
 * reason. Streams of answers (jsonl) are refused
 * because each of their calls would escape the headers and the status.
 * @param names the procedures that the path names, separated by commas
 */
export function isRefusedBatch({ method, headers }: Request, names: string, isBatch: boolean): boolean {
  const accepted = `${headers.accept ?? ''},${String(headers['trpc-accept'] ?? '')}`
  if (accepted.toLowerCase().includes('application/jsonl')) return true
  if (!isBatch) return false
  const calls = names.split(',')
  if (calls.length > 1 && calls.some(isWritingQuery)) return true
  return method !== 'GET' || calls.length > batchLimit || !calls.every(isQueryOrUnknown)
}

/** An unknown name is answered as such, each for itself. */
function isQueryOrUnknown(name: string): boolean {
  return [undefined, 'query'].includes(procedureType(name))
}
