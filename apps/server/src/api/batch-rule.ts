import type { IncomingMessage } from 'node:http'
import { batchLimit } from '@app/contract'
import { isQueryWithSideEffects, procedureType } from './procedure-type.ts'

/**
 * Checks whether a request is a batch that is not served. A batch has a few queries without side effects: one
 * request must not make many attempts, and one failure must not hide another. Streamed responses (jsonl) are
 * rejected, because their failures would be in neither status nor headers.
 * @param names the procedures that the path names, separated by commas
 */
export function isRejectedBatch(
  { method, headers }: IncomingMessage,
  names: string,
  isBatch: boolean,
): boolean {
  if (isJsonl(headers.accept) || isJsonl(headers['trpc-accept'])) return true
  if (!isBatch) return false
  const calls = names.split(',')
  if (calls.length > 1 && calls.some(isQueryWithSideEffects)) return true
  return method !== 'GET' || calls.length > batchLimit || !calls.every(isQueryOrUnknown)
}

function isJsonl(accepted: string | string[] | undefined): boolean {
  return accepted !== undefined && String(accepted).toLowerCase().includes('application/jsonl')
}

/** Accepts unknown names too: beside a query that exists, each fails alone. */
function isQueryOrUnknown(name: string): boolean {
  return [undefined, 'query'].includes(procedureType(name))
}
