import { RequestRecoveryInput } from '@app/contract'
import { useApi } from '../api/api.ts'
import { formProblems, inForm } from '../api/form-problems.ts'
import { EntryForm } from '../forms/entry-form.tsx'
import { TextField } from '../forms/text-field.tsx'

/** @param onRequested called with what was typed */
export function RequestForm({ onRequested }: { onRequested: (identifier: string) => void }) {
  const api = useApi()
  return (
    <EntryForm
      schema={RequestRecoveryInput}
      label="Forgot your password?"
      submitLabel="Send the link"
      onSubmit={async (input) => {
        const result = await api.attempt(api.client.recovery.request.mutate(input))
        if (result.ok) {
          onRequested(input.identifier)
          return undefined
        }
        return formProblems(result, { MAIL_UNAVAILABLE: inForm })
      }}
    >
      <TextField name="identifier" label="User name or email" autoComplete="username" plain focused />
    </EntryForm>
  )
}
