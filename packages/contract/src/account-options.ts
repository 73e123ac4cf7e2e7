import * as z from 'zod/mini'
import { IdentityProvider } from './identities.ts'

/**
 * What this installation offers to people who are not logged in. `mail`: `smtp` sends mail, `mailbox` shows
 * it on a page for developers, `none` sends none. `contact`: whom to ask, an address, a link or a name.
 * `passwordLogin`: who may log in by password. `passkeyOrigin`: the origin of the pages that can use
 * passkeys; null where browsers refuse them. `providers`: with whose accounts users can log in.
 */
export const AccountOptions = z.object({
  signup: z.enum(['open', 'invite', 'closed']),
  mail: z.enum(['smtp', 'mailbox', 'none']),
  contact: z.nullable(z.string()),
  passwordLogin: z.enum(['on', 'off', 'admins']),
  passkeyOrigin: z.nullable(z.string()),
  providers: z.array(IdentityProvider),
})
export type AccountOptions = z.infer<typeof AccountOptions>
