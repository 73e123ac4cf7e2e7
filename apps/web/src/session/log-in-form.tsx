import { LoginInput } from '@app/contract'
import type { ReactNode } from 'react'

import { useApi } from '../api.ts'
import { CheckBox } from '../components/check-box.tsx'
import { EntryForm } from '../components/entry-form.tsx'
import { PasswordField } from '../components/password-field.tsx'
import { TextField } from '../components/text-field.tsx'
import { failureSentence } from '../failure-sentence.ts'
import { formProblems } from '../form-problems.ts'
import { useLogIn } from './use-log-in.ts'

interface LogInFormProps {
  /** Who was here before: stands in the form already, and the password is all that is left to type. */
  username?: string
  /** Further buttons, after the one that submits. */
  actions?: ReactNode
  /** What is said besides, whenever the name and the password do not fit together. */
  afterRefusal?: string
}

/** The log-in, on its own page and over a page whose session is over. */
export function LogInForm({ username, actions, afterRefusal = '' }: LogInFormProps) {
  const api = useApi()
  const logIn = useLogIn()
  return (
    <EntryForm
      schema={LoginInput}
      label="Log in"
      submitLabel="Log in"
      actions={actions}
      onSubmit={async (input) => {
        const result = await api.attempt(api.client.auth.login.mutate(input))
        if (result.ok) return logIn(result.data)
        const { failure } = result
        switch (failure.reason) {
          // One sentence for both causes: who has an account here is not told.
          case 'INVALID_CREDENTIALS':
            return { form: `${failureSentence(failure)} ${afterRefusal}`.trimEnd() }
          default:
            return formProblems(failure, result.requestId)
        }
      }}
    >
      <TextField
        name="username"
        label="User name"
        autoComplete="username"
        plain
        {...(username !== undefined && { defaultValue: username })}
      />
      <PasswordField
        name="password"
        label="Password"
        autoComplete="current-password"
        focused={username !== undefined}
      />
      <CheckBox name="remember" label="Remember me on this device" />
    </EntryForm>
  )
}
