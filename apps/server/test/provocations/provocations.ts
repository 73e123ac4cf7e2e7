import { notes } from '../notes/provocations.ts'
import type { OwnFailures, Path } from '../support/procedure-types.ts'
import { account } from './account.ts'
import { audit } from './audit.ts'
import { auth } from './auth.ts'
import { email } from './email.ts'
import { identities } from './identities.ts'
import { invitations } from './invitations.ts'
import { passkeys } from './passkeys.ts'
import type { Provocation } from './provocation.ts'
import { recoveryCodes } from './recovery-codes.ts'
import { recovery } from './recovery.ts'
import { sessions } from './sessions.ts'
import { tokens } from './tokens.ts'
import { totp } from './totp.ts'
import { users } from './users.ts'

/**
 * Every failure that a procedure or one of its guards declares, with a way to provoke it. One that is missing
 * does not compile here; one too many does not compile in `provocations.test.ts`, which runs them all.
 */
export const provocations = {
  ...auth,
  ...account,
  ...email,
  ...identities,
  ...sessions,
  ...tokens,
  ...notes,
  ...passkeys,
  ...recovery,
  ...totp,
  ...recoveryCodes,
  ...users,
  ...invitations,
  ...audit,
} satisfies { [P in Path]: { [R in OwnFailures<P>]: Provocation<P> } }
