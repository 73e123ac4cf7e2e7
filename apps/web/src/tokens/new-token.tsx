import type { CreatedToken } from '@app/contract'
import { useState } from 'react'
import type * as z from 'zod/mini'
import { Actions } from '../components/actions.tsx'
import { Copyable } from '../components/copyable.tsx'
import { DoneButton } from '../components/done-button.tsx'
import { FormResult } from '../components/form-result.tsx'
import { LeaveQuestion } from '../components/leave-question.tsx'
import { Moment } from '../components/moment.tsx'
import { Untranslated } from '../components/untranslated.tsx'

interface NewTokenProps {
  created: z.infer<typeof CreatedToken>
  onDone: () => void
}

/** Shows a new token, which the server does not show again. */
export function NewToken({ created, onDone }: NewTokenProps) {
  const [isCopied, setIsCopied] = useState(false)
  return (
    <FormResult label="New token">
      <p>
        Copy the token <Untranslated>{created.name}</Untranslated> now: it is not shown again. It works until{' '}
        <Moment at={created.expiresAt} />. Anyone who has it can do what it allows.
      </p>
      <Copyable boxed label="access token" text={created.token} onCopied={() => setIsCopied(true)} />
      <Actions main={<DoneButton onDone={onDone} />} />
      <LeaveQuestion isKept={isCopied} title="Continue without copying the token?">
        <p>It is not shown again. Without a copy, revoke it and create another one.</p>
      </LeaveQuestion>
    </FormResult>
  )
}
