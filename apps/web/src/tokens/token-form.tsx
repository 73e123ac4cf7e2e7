import { tokenLimits } from '@app/contract'
import type { CreatedToken, Self, TokenScope } from '@app/contract'
import { useMemo } from 'react'
import type * as z from 'zod/mini'
import { useApi } from '../api/api.ts'
import { formProblems, inForm } from '../api/form-problems.ts'
import { useConfirmed } from '../auth/confirm-identity.tsx'
import { EntryForm } from '../forms/entry-form.tsx'
import { TextField } from '../forms/text-field.tsx'
import { ScopeBoxes } from './scope-boxes.tsx'
import { tokenFormSchema } from './token-form-schema.ts'
import { useRefreshTokens } from './use-tokens.ts'

interface TokenFormProps {
  viewer: Self
  /** The scopes that the viewer may give. */
  scopes: readonly TokenScope[]
  onCreated: (created: z.infer<typeof CreatedToken>) => void
  onCancel: () => void
}

export function TokenForm({ viewer, scopes, onCreated, onCancel }: TokenFormProps) {
  const { client } = useApi()
  const confirmed = useConfirmed()
  const refresh = useRefreshTokens(viewer)
  const schema = useMemo(() => tokenFormSchema(scopes), [scopes])
  const { min, max, default: usual } = tokenLimits.days
  return (
    <EntryForm
      schema={schema}
      label="New access token"
      submitLabel="Create token"
      onCancel={onCancel}
      onSubmit={async (input) => {
        const result = await confirmed(() => client.tokens.create.mutate(input))
        if (result.ok) {
          onCreated(result.value)
          await refresh()
          return undefined
        }
        return formProblems(result, { TOO_MANY_TOKENS: inForm, REAUTH_REQUIRED: inForm })
      }}
    >
      <TextField
        name="name"
        label="Name"
        hint="The program that will use it, so that you recognize it later."
        autoComplete="off"
        focused
      />
      <ScopeBoxes scopes={scopes} />
      <TextField
        name="expiresInDays"
        label="Valid for how many days"
        hint={`From ${min} to ${max}.`}
        autoComplete="off"
        inputMode="numeric"
        defaultValue={String(usual)}
        plain
      />
    </EntryForm>
  )
}
