import { Email } from '@app/contract'
import type { CreatedInvitation, Self } from '@app/contract'
import * as z from 'zod/mini'
import { useApi } from '../api/api.ts'
import { formProblems, inForm } from '../api/form-problems.ts'
import { useConfirmed } from '../auth/confirm-identity.tsx'
import { EntryForm } from '../forms/entry-form.tsx'
import { TextField } from '../forms/text-field.tsx'
import { useRefreshInvitations } from './use-invitations.ts'

const InviteInput = z.strictObject({ email: z.optional(Email) })

interface InviteFormProps {
  viewer: Self
  onCreated: (created: z.infer<typeof CreatedInvitation>) => void
  onCancel: () => void
}

export function InviteForm({ viewer, onCreated, onCancel }: InviteFormProps) {
  const { client } = useApi()
  const confirmed = useConfirmed()
  const refresh = useRefreshInvitations(viewer)
  return (
    <EntryForm
      schema={InviteInput}
      label="New invitation"
      submitLabel="Create invitation"
      onCancel={onCancel}
      onSubmit={async (input) => {
        const result = await confirmed(() => client.invitations.create.mutate(input))
        if (result.ok) {
          onCreated(result.value)
          await refresh()
          return undefined
        }
        return formProblems(result, {
          SIGNUP_CLOSED: 'Sign-up is closed here, so invitations cannot be accepted.',
          REAUTH_REQUIRED: inForm,
        })
      }}
    >
      <TextField
        name="email"
        label="Email"
        hint="Only the owner of this address can accept. Leave it empty for a link that works for anyone."
        optional
        type="email"
        autoComplete="off"
        focused
      />
    </EntryForm>
  )
}
