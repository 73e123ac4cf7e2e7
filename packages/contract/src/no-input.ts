import * as z from 'zod/mini'

/** The input of a procedure without one: nothing or `{}`; any other value is rejected. */
export const NoInput = z.prefault(z.strictObject({}), {})

/** The output of a procedure without one. */
export const Done = z.object({})
