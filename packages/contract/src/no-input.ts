import * as z from 'zod/mini'

/** The input of a procedure that takes none: nothing or `{}`; anything else is refused. */
export const NoInput = z.prefault(z.strictObject({}), {})

/** The answer of a procedure that has nothing to say. */
export const Done = z.object({})
