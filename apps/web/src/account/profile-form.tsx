import { DisplayName } from '@app/contract'
import type { Self } from '@app/contract'
import * as z from 'zod/mini'
import { useApi } from '../api/api.ts'
import { formProblems } from '../api/form-problems.ts'
import { useFlash } from '../components/flash.tsx'
import { EntryForm } from '../forms/entry-form.tsx'
import { TextField } from '../forms/text-field.tsx'
import { useSession } from '../session/session-context.ts'

/** Requires a name. In the procedure's input it is optional, for callers that do not change it. */
const ProfileInput = z.strictObject({ name: DisplayName })

export function ProfileForm({ viewer }: { viewer: Self }) {
  const api = useApi()
  const flash = useFlash()
  const session = useSession()
  return (
    <EntryForm
      schema={ProfileInput}
      label="Your name"
      submitLabel="Save name"
      onSubmit={async (input) => {
        const result = await api.attempt(api.client.account.updateProfile.mutate(input))
        if (!result.ok) return formProblems(result, {})
        if (session.update(result.value)) flash.show('Name saved.')
        return undefined
      }}
    >
      <TextField
        name="name"
        label="Name"
        hint="Other users see this name."
        autoComplete="name"
        defaultValue={viewer.name}
      />
    </EntryForm>
  )
}
