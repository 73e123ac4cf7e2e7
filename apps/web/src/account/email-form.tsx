import { ChangeEmailInput } from '@app/contract'
import type { Self } from '@app/contract'
import { useState } from 'react'
import { useApi } from '../api/api.ts'
import { formProblems, inForm } from '../api/form-problems.ts'
import { useConfirmed } from '../auth/confirm-identity.tsx'
import { useFlash } from '../components/flash.tsx'
import { focusHeading } from '../components/focus-heading.ts'
import { EntryForm } from '../forms/entry-form.tsx'
import { TextField } from '../forms/text-field.tsx'
import { useSession } from '../session/session-context.ts'

export function EmailForm({ viewer }: { viewer: Self }) {
  const { client } = useApi()
  const confirmed = useConfirmed()
  const flash = useFlash()
  const session = useSession()
  // Mounted again after a change, so that the field is empty.
  const [changes, setChanges] = useState(0)
  return (
    <EntryForm
      key={changes}
      schema={ChangeEmailInput}
      label={viewer.email === null ? 'Add an email' : 'Change your email'}
      submitLabel="Send the link"
      onDone={() => setChanges(changes + 1)}
      onSubmit={async (input) => {
        const result = await confirmed(() => client.email.change.mutate(input))
        if (result.ok) {
          session.update(result.value)
          focusHeading()
          flash.show(`Check your mail: a link to confirm ${result.value.pendingEmail ?? ''} is on its way.`)
          return undefined
        }
        return formProblems(result, { MAIL_UNAVAILABLE: inForm, REAUTH_REQUIRED: inForm })
      }}
    >
      <TextField
        name="email"
        label="New email"
        hint="We mail a link to it. It is used after you have opened the link."
        type="email"
        autoComplete="email"
      />
    </EntryForm>
  )
}
