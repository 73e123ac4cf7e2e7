import * as z from 'zod/mini'
import { noteFailureDetails } from './notes/failure-details.ts'

const Wait = z.object({ retryAfterSeconds: z.number() })

/** What a failure has besides its reason. A reason that is not listed has nothing. */
export const failureDetails = {
  /** `fields`: input name -> sentences for a user; `form`: sentences about no single field. */
  INVALID_INPUT: z.object({
    fields: z.record(z.string(), z.array(z.string())),
    form: z.array(z.string()),
  }),
  PASSWORD_REJECTED: z.object({ why: z.enum(['common', 'personal']) }),
  /** How the user can confirm their identity. */
  REAUTH_REQUIRED: z.object({ methods: z.array(z.literal('password')) }),
  RATE_LIMITED: Wait,
  BUSY: Wait,
  UNAVAILABLE: Wait,
  ...noteFailureDetails,
}
