import { NewPassword } from '@app/contract'
import * as z from 'zod/mini'
import { useApi } from '../api/api.ts'
import { atField, formProblems } from '../api/form-problems.ts'
import { KnownUsername } from '../auth/known-username.tsx'
import { EntryForm } from '../forms/entry-form.tsx'
import { NewPasswordField } from '../strength/new-password-field.tsx'

/** The field of the form; the secret comes from the link. */
const NewPasswordInput = z.strictObject({ newPassword: NewPassword })

interface NewPasswordFormProps {
  secret: string
  username: string
  /** Called with the number of ended sessions. */
  onDone: (endedSessions: number) => void
  /** Called when the link was used or expired while the form was open. */
  onDead: () => void
}

export function NewPasswordForm({ secret, username, onDone, onDead }: NewPasswordFormProps) {
  const api = useApi()
  return (
    <EntryForm
      schema={NewPasswordInput}
      label="Choose a new password"
      submitLabel="Change password"
      onSubmit={async ({ newPassword }) => {
        const result = await api.attempt(api.client.recovery.reset.mutate({ secret, newPassword }))
        if (result.ok) {
          onDone(result.value.endedSessions)
          return undefined
        }
        return formProblems(result, {
          LINK_INVALID: () => {
            onDead()
            return undefined
          },
          PASSWORD_REJECTED: atField('newPassword'),
        })
      }}
    >
      <KnownUsername username={username} />
      <NewPasswordField name="newPassword" label="New password" personal={[username]} focused />
    </EntryForm>
  )
}
