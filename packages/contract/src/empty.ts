import { z } from 'zod'

/** The input of a procedure that takes none: nothing or `{}`; anything else is refused. */
export const NoInput = z.strictObject({}).prefault({})

/** The answer of a procedure that has nothing to say. */
export const Done = z.object({})
