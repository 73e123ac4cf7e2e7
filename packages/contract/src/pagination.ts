import * as z from 'zod/mini'
import { pageLimits } from './limits.ts'

const wrongCursor = 'This is not the cursor of a page.'

/**
 * The fields of every paged query. `cursor` is the `nextCursor` of the previous page; clients do not parse
 * it.
 */
export const pageFields = {
  cursor: z.optional(z.string(wrongCursor).check(z.minLength(1, wrongCursor), z.maxLength(500, wrongCursor))),
  limit: z.optional(
    z
      .int({ error: 'The limit is a whole number.' })
      .check(
        z.gte(pageLimits.min, `The limit is at least ${pageLimits.min}.`),
        z.lte(pageLimits.max, `The limit is at most ${pageLimits.max}.`),
      ),
  ),
}

/** One page of a list; `nextCursor` is null on the last one. */
export function Page<T extends z.ZodMiniType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.nullable(z.string()) })
}

export interface Page<T> {
  items: T[]
  nextCursor: string | null
}
