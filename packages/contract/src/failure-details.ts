import * as z from 'zod/mini'
import { noteFailureDetails } from './notes/failure-details.ts'

const Wait = z.object({ retryAfterSeconds: z.number() })

/** The details of a failure besides its reason. Reasons that are not listed have none. */
export const failureDetails = {
  /** `fields`: input name -> sentences for the user; `form`: sentences about no single field. */
  INVALID_INPUT: z.object({
    fields: z.record(z.string(), z.array(z.string())),
    form: z.array(z.string()),
  }),
  PASSWORD_REJECTED: z.object({ why: z.enum(['common', 'personal']) }),
  /** How the user can authenticate again. */
  REAUTH_REQUIRED: z.object({ methods: z.array(z.literal('password')) }),
  RATE_LIMITED: Wait,
  BUSY: Wait,
  UNAVAILABLE: Wait,
  ...noteFailureDetails,
}
