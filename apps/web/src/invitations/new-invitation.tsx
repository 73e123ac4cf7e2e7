import type { CreatedInvitation } from '@app/contract'
import type * as z from 'zod/mini'
import { Copyable } from '../components/copyable.tsx'
import { FormResult } from '../components/form-result.tsx'
import { Moment } from '../components/moment.tsx'
import { Untranslated } from '../components/untranslated.tsx'

/** Shows the link of a new invitation, which the server does not show again, or that it was mailed. */
export function NewInvitation({ created }: { created: z.infer<typeof CreatedInvitation> }) {
  const { invitation, link } = created
  return (
    <FormResult label="New invitation">
      {link === null ? (
        <p key="mailed">
          The invitation is on its way to <Untranslated>{invitation.email ?? ''}</Untranslated>. It works
          until <Moment at={invitation.expiresAt} />.
        </p>
      ) : (
        <>
          <p key="link">
            Send this link to the person that you invite. It works once, until{' '}
            <Moment at={invitation.expiresAt} />, and is not shown again.
          </p>
          <Copyable boxed label="invitation link" text={link} />
        </>
      )}
    </FormResult>
  )
}
