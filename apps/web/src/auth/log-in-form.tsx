import { LoginInput } from '@app/contract'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useApi } from '../api/api.ts'
import { failureText } from '../api/failure-text.ts'
import { formProblems } from '../api/form-problems.ts'
import { CheckBox } from '../forms/check-box.tsx'
import { EntryForm } from '../forms/entry-form.tsx'
import { PasswordField } from '../forms/password-field.tsx'
import { TextField } from '../forms/text-field.tsx'
import { dropLoginWait, keepLoginWait, readLoginWait } from './login-wait.ts'
import { useLogIn } from './use-log-in.ts'

interface LogInFormProps {
  /** The user name of the former viewer, filled in. */
  username?: string
  /** Further buttons, after the submit button. */
  actions?: ReactNode
  /** Added to the message about a wrong user name or password. */
  afterRefusal?: string
}

/** The log-in form, for its own page and for the lock screen. */
export function LogInForm({ username, actions, afterRefusal = '' }: LogInFormProps) {
  const api = useApi()
  const logIn = useLogIn()
  const [restoredWait] = useState(readLoginWait)
  return (
    <EntryForm
      schema={LoginInput}
      label="Log in"
      submitLabel="Log in"
      actions={actions}
      wait={{ field: 'username', restored: restoredWait, onDrop: dropLoginWait }}
      onSubmit={async (input) => {
        const result = await api.attempt(api.client.auth.login.mutate(input))
        if (result.ok) return logIn(result.value)
        const { failure } = result
        switch (failure.reason) {
          // One sentence for both causes, so that it does not reveal which user names exist (ASVS 5.0 6.3.8).
          case 'INVALID_CREDENTIALS':
            return { form: `${failureText(failure)} ${afterRefusal}`.trimEnd() }
          case 'RATE_LIMITED':
            return { form: keepLoginWait(failure.retryAfterSeconds) }
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
