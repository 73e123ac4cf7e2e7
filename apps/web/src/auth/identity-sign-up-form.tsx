import { IdentitySignupInput } from '@app/contract'
import type { PendingIdentitySignup } from '@app/contract'
import { useApi } from '../api/api.ts'
import { failureText } from '../api/failure-text.ts'
import { atField, formProblems } from '../api/form-problems.ts'
import { EntryForm } from '../forms/entry-form.tsx'
import { TextField } from '../forms/text-field.tsx'
import { InvitedEmailField } from './invited-email-field.tsx'
import type { InvitationEmail } from './invited-email-field.tsx'
import { dropLink } from './kept-link.ts'
import { useLogIn } from './use-log-in.ts'

interface IdentitySignUpFormProps {
  pending: NonNullable<PendingIdentitySignup>
  /** The opened invitation, and what it asks of the address; null without one. */
  invitation: { secret: string; email: InvitationEmail } | null
}

/** Creates the account of a new user of a provider, once the user has chosen a user name. */
export function IdentitySignUpForm({ pending, invitation }: IdentitySignUpFormProps) {
  const api = useApi()
  const logIn = useLogIn()
  return (
    <EntryForm
      schema={IdentitySignupInput}
      label="Sign up"
      submitLabel="Create account"
      onSubmit={async (input) => {
        const given = invitation === null ? input : { ...input, invitation: invitation.secret }
        const result = await api.attempt(api.client.auth.identitySignup.mutate(given))
        if (result.ok) {
          dropLink('invitation')
          return logIn(result.value, `Welcome, ${result.value.user.name}. Your account is ready.`)
        }
        const { failure } = result
        switch (failure.reason) {
          case 'USERNAME_TAKEN':
            return pending.isFixed
              ? { form: failureText(failure) }
              : atField('username', failureText(failure))
          case 'IDENTITY_TAKEN':
          case 'INVITATION_REQUIRED':
          case 'LINK_INVALID':
          case 'LOGIN_EXPIRED':
          case 'SIGNUP_CLOSED':
            return { form: failureText(failure) }
          default:
            return formProblems(failure, result.requestId)
        }
      }}
    >
      {pending.isFixed ? (
        <p>
          Your user name is <strong translate="no">{pending.username}</strong>, as at {pending.provider.label}
          .
        </p>
      ) : (
        <TextField
          name="username"
          label="User name"
          hint="Letters, digits, dot, dash and underscore. Other users see it."
          autoComplete="username"
          plain
          focused
          defaultValue={pending.username ?? ''}
        />
      )}
      <TextField name="name" label="Name" optional autoComplete="name" defaultValue={pending.name ?? ''} />
      <InvitedEmailField email={invitation?.email ?? 'optional'} defaultValue={pending.email ?? ''} />
    </EntryForm>
  )
}
