import { Email } from '@app/contract'
import { catchFailures } from '../../catch-failures.ts'
import type { Outcome } from '../../catch-failures.ts'
import type { Services } from '../../context.ts'
import { systemActor } from '../audit/index.ts'
import { createInvitation } from './create-invitation.ts'

interface Invited {
  id: string
  /** Null when the invitation is mailed to the address. */
  link: string | null
  /** Milliseconds since 1970 UTC. */
  expiresAt: number
}

/** Invites a new user, for an operator on this machine. @param typedEmail the invited address, as typed */
export function invite(
  services: Services,
  { email: typedEmail }: { email: string | undefined },
): Promise<Outcome<Invited, 'INVALID_INPUT' | 'SIGNUP_CLOSED'>> {
  return catchFailures(['INVALID_INPUT', 'SIGNUP_CLOSED'], async (fail) => {
    if (services.settings.signup === 'closed') throw fail('SIGNUP_CLOSED')
    const email = typedEmail === undefined ? undefined : Email.safeParse(typedEmail)
    if (email?.success === false) {
      const sentences = email.error.issues.map(({ message }) => message)
      throw fail('INVALID_INPUT', { fields: { email: sentences }, form: [] })
    }
    const { invitation, link } = await services.db.write((tx) =>
      createInvitation(tx, { ...services, ...systemActor }, { email: email?.data, createdBy: null }),
    )
    return { id: invitation.id, link, expiresAt: Date.parse(invitation.expiresAt) }
  })
}
