import * as z from 'zod/mini'
import { reauthMethods } from './auth-methods.ts'
import { noteFailureDetails } from './notes/failure-details.ts'
import { Instant } from './text.ts'
import { tokenScopes } from './token-scopes.ts'

const Wait = z.object({ retryAfterSeconds: z.number() })

/** The details of a failure besides its reason. Reasons that are not listed have none. */
export const failureDetails = {
  /** `fields`: input name -> sentences for the user; `form`: sentences about no single field. */
  INVALID_INPUT: z.object({
    fields: z.record(z.string(), z.array(z.string())),
    form: z.array(z.string()),
  }),
  PASSWORD_REJECTED: z.object({ why: z.enum(['common', 'personal', 'breached']) }),
  /** How the user can authenticate again. Empty: the account has no way to do it. */
  REAUTH_REQUIRED: z.object({ methods: z.array(z.enum(reauthMethods)) }),
  /** From then on it works. */
  LINK_TOO_EARLY: z.object({ worksFrom: Instant }),
  PASSKEYS_UNAVAILABLE: z.object({ why: z.enum(['ip-address', 'not-https']) }),
  /** The scope that the procedure needs. */
  SCOPE_REQUIRED: z.object({ scope: z.enum(tokenScopes) }),
  /**
   * `session-only`: the procedure accepts no access token. `with-cookie`: the request also has a session
   * cookie. `admin-tokens-off`: the procedure is for admins, and ADMIN_TOKENS is off.
   */
  TOKEN_NOT_ALLOWED: z.object({ why: z.enum(['session-only', 'with-cookie', 'admin-tokens-off']) }),
  RATE_LIMITED: Wait,
  BUSY: Wait,
  UNAVAILABLE: Wait,
  ...noteFailureDetails,
}
