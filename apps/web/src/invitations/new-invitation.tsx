import type { CreatedInvitation } from '@app/contract'
import { useState } from 'react'
import type * as z from 'zod/mini'
import { Actions } from '../components/actions.tsx'
import { Copyable } from '../components/copyable.tsx'
import { DoneButton } from '../components/done-button.tsx'
import { FormResult } from '../components/form-result.tsx'
import { LeaveQuestion } from '../components/leave-question.tsx'
import { Moment } from '../components/moment.tsx'
import { Untranslated } from '../components/untranslated.tsx'

interface NewInvitationProps {
  created: z.infer<typeof CreatedInvitation>
  onDone: () => void
}

/** Shows the link of a new invitation, which the server does not show again, or that it was mailed. */
export function NewInvitation({ created, onDone }: NewInvitationProps) {
  const { invitation, link } = created
  const [isCopied, setIsCopied] = useState(false)
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
          <Copyable boxed label="invitation link" text={link} onCopied={() => setIsCopied(true)} />
        </>
      )}
      <Actions main={<DoneButton onDone={onDone} />} />
      <LeaveQuestion isKept={link === null || isCopied} title="Continue without copying the link?">
        <p>It is not shown again. Without a copy, revoke the invitation and create another one.</p>
      </LeaveQuestion>
    </FormResult>
  )
}
