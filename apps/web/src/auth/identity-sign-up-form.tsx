import { IdentitySignupInput } from '@app/contract'
import type { PendingIdentitySignup } from '@app/contract'
import { useApi } from '../api/api.ts'
import { atField, formProblems, inForm } from '../api/form-problems.ts'
import { EntryForm } from '../forms/entry-form.tsx'
import { TextField } from '../forms/text-field.tsx'
import { dropLink } from './drop-link.ts'
import { InvitedEmailField } from './invited-email-field.tsx'
import type { InvitationEmail } from './invited-email-field.tsx'
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
      keptAs={[pending.provider.name, pending.username, pending.name, pending.email].join(' ')}
      submitLabel="Create account"
      onSubmit={async (input) => {
        const given = invitation === null ? input : { ...input, invitation: invitation.secret }
        const result = await api.attempt(api.client.auth.identitySignup.mutate(given))
        if (result.ok) {
          dropLink('invitation')
          return logIn(result.value, `Welcome, ${result.value.user.name}. Your account is ready.`)
        }
        return formProblems(result, {
          USERNAME_TAKEN: pending.isFixed ? inForm : atField('username'),
          IDENTITY_TAKEN: inForm,
          INVITATION_REQUIRED: inForm,
          LINK_INVALID: inForm,
          LOGIN_EXPIRED: inForm,
          SIGNUP_CLOSED: inForm,
        })
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
