import { z } from 'zod'

import { pageLimits } from './limits.ts'

/** The fields that every paged query takes. `cursor` is the `nextCursor` of the page before, passed back unread. */
export const pageFields = {
  cursor: z.string().min(1).max(500).optional(),
  limit: z
    .int({ error: 'The limit is a whole number.' })
    .min(pageLimits.min, `The limit is at least ${pageLimits.min}.`)
    .max(pageLimits.max, `The limit is at most ${pageLimits.max}.`)
    .optional(),
}

/** One page of a list; `nextCursor` is null on the last one. */
export function Page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

export interface Page<T> {
  items: T[]
  nextCursor: string | null
}
