import { pageLimits } from '@app/contract'
import type { Page } from '@app/contract'
import type * as z from 'zod/mini'
import type { Fail } from './failures.ts'

/**
 * The start and length of a page. Lists are read by key and never by offset, so page 1,000 costs what page 1
 * costs.
 */
export interface PageRequest<K> {
  /** The sort key of the last item of the previous page; undefined for the first page. */
  after: K | undefined
  limit: number
}

/**
 * Reads the page fields of an input. A cursor is untrusted like all input, so the key in it is checked.
 * @throws INVALID_INPUT for a cursor that is not one of this list
 */
export function pageRequest<K>(
  { fail }: { fail: Fail<'INVALID_INPUT'> },
  key: z.ZodMiniType<K>,
  { cursor, limit = pageLimits.default }: { cursor?: string | undefined; limit?: number | undefined },
): PageRequest<K> {
  if (cursor === undefined) return { after: undefined, limit }
  const parsed = key.safeParse(decode(cursor))
  if (parsed.success) return { after: parsed.data, limit }
  throw fail('INVALID_INPUT', { fields: { cursor: ['This cursor does not belong to this list.'] }, form: [] })
}

/** @param rows one more than the limit, if there are that many: the extra row only shows that more follow */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  { key, item }: { key: (row: Row) => unknown; item: (row: Row) => Item },
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(key(last)) : null
  return { items: shown.map(item), nextCursor }
}

export function encodeCursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
