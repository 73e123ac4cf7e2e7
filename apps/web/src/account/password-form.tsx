import { ChangePasswordInput } from '@app/contract'
import type { Self } from '@app/contract'
import { useState } from 'react'
import { useApi } from '../api/api.ts'
import { atField, formProblems, inForm } from '../api/form-problems.ts'
import { useConfirmed } from '../auth/confirm-identity.tsx'
import { KnownUsername } from '../auth/known-username.tsx'
import { useFlash } from '../components/flash.tsx'
import { focusHeading } from '../components/focus-heading.ts'
import { EntryForm } from '../forms/entry-form.tsx'
import { PasswordField } from '../forms/password-field.tsx'
import { NewPasswordField } from '../strength/new-password-field.tsx'

export function PasswordForm({ viewer }: { viewer: Self }) {
  const { client } = useApi()
  const confirmed = useConfirmed()
  const flash = useFlash()
  // The form is mounted again after a change, so that no password stays in the page.
  const [changes, setChanges] = useState(0)
  return (
    <EntryForm
      key={changes}
      schema={ChangePasswordInput}
      label="Change password"
      submitLabel="Change password"
      onDone={() => setChanges(changes + 1)}
      onSubmit={async (input) => {
        const result = await confirmed(() => client.account.changePassword.mutate(input))
        if (result.ok) {
          flash.show(`Password changed. ${endedSentence(result.value.endedSessions)}`)
          // The heading takes the focus, because a focused field would open the keyboard of a phone.
          focusHeading()
          return undefined
        }
        return formProblems(result, {
          INVALID_CREDENTIALS: atField('currentPassword', 'This is not your current password.'),
          PASSWORD_REJECTED: atField('newPassword'),
          REAUTH_REQUIRED: inForm,
        })
      }}
    >
      <KnownUsername username={viewer.username} />
      <PasswordField name="currentPassword" label="Current password" autoComplete="current-password" />
      <NewPasswordField
        name="newPassword"
        label="New password"
        hint="All your other sessions will end."
        personal={viewer.email === null ? [viewer.name] : [viewer.name, viewer.email]}
      />
    </EntryForm>
  )
}

function endedSentence(count: number): string {
  if (count === 0) return 'You were not logged in anywhere else.'
  return count === 1 ? 'One other session ended.' : `${count} other sessions ended.`
}
