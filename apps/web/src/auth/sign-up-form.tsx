import { SignupInput } from '@app/contract'
import { useApi } from '../api/api.ts'
import { atField, formProblems, inForm } from '../api/form-problems.ts'
import { CheckBox } from '../forms/check-box.tsx'
import { EntryForm } from '../forms/entry-form.tsx'
import { TextField } from '../forms/text-field.tsx'
import { NewPasswordField } from '../strength/new-password-field.tsx'
import { InvitedEmailField } from './invited-email-field.tsx'
import type { InvitationEmail } from './invited-email-field.tsx'
import { useLogIn } from './use-log-in.ts'

interface SignUpFormProps {
  /** The secret of an invitation's link. */
  invitation?: string
  email?: InvitationEmail
}

/** The sign-up form, for its own page and for invitations. */
export function SignUpForm({ invitation, email = 'optional' }: SignUpFormProps) {
  const api = useApi()
  const logIn = useLogIn()
  return (
    <EntryForm
      schema={SignupInput}
      label="Sign up"
      // Enough to tell invitations apart, and not to use one.
      keptAs={invitation?.slice(0, 8)}
      submitLabel="Sign up"
      onSubmit={async (input) => {
        const given = invitation === undefined ? input : { ...input, invitation }
        const result = await api.attempt(api.client.auth.signup.mutate(given))
        if (result.ok)
          return logIn(result.value, `Welcome, ${result.value.user.name}. Your account is ready.`)
        return formProblems(result, {
          USERNAME_TAKEN: atField('username'),
          PASSWORD_REJECTED: atField('password'),
          SIGNUP_CLOSED: inForm,
          INVITATION_REQUIRED: inForm,
          LINK_INVALID: inForm,
        })
      }}
    >
      <TextField
        name="username"
        label="User name"
        hint="Letters, digits, dot, dash and underscore. Other users see it."
        autoComplete="username"
        plain
        focused
      />
      <NewPasswordField name="password" label="Password" />
      <TextField name="name" label="Name" optional autoComplete="name" />
      <InvitedEmailField email={email} />
      <CheckBox name="remember" label="Remember me on this device" />
    </EntryForm>
  )
}
