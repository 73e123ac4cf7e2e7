import { TextField } from '../forms/text-field.tsx'

/** `invited`: the address that was invited must be entered. `known`: the link of the invitation proves it. */
export type InvitationEmail = 'optional' | 'invited' | 'known'

interface InvitedEmailFieldProps {
  email: InvitationEmail
  /** Filled in. Default: nothing. */
  defaultValue?: string
}

/** Renders the address field of a sign-up, as the invitation asks for it. */
export function InvitedEmailField({ email, defaultValue = '' }: InvitedEmailFieldProps) {
  if (email === 'known') return null
  const shared = {
    name: 'email',
    label: 'Email',
    type: 'email',
    autoComplete: 'email',
    defaultValue,
  } as const
  return email === 'invited' ? (
    <TextField {...shared} hint="The address that was invited." />
  ) : (
    <TextField {...shared} optional />
  )
}
