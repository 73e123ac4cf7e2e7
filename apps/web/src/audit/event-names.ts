import type { AuditEventName } from '@app/contract'
import { language } from '../components/language.ts'

const logIns = {
  login: 'Log-in',
  'login-failed': 'Failed log-in',
  logout: 'Log-out',
  elevated: 'Password confirmed',
  'elevation-failed': 'Failed confirmation',
  'session-revoked': 'One session ended',
  'sessions-revoked': 'Sessions ended',
}

const accounts = {
  signup: 'Sign-up',
  'account-created': 'Account created by command',
  'account-unlocked': 'Account unlocked by command',
  'role-changed': 'Role changed',
  disabled: 'Account disabled',
  enabled: 'Account enabled',
  exported: 'Data exported',
  closed: 'Account closed by its owner',
  removed: 'Account removed',
}

const passwords = {
  'password-changed': 'Password changed',
  'password-change-failed': 'Wrong password at password change',
  'password-limited': 'Too many wrong passwords',
  'password-spraying': 'Wrong passwords for many accounts',
  'password-reset': 'Password reset',
  'recovery-requested': 'Password recovery requested',
  'recovery-link-issued': 'Recovery link issued',
}

const secondFactors = {
  'second-factor-asked': 'Second factor asked for',
  'second-factor-failed': 'Wrong second factor',
  'second-factor-limited': 'Too many wrong second factors',
  'totp-added': 'Authenticator app added',
  'totp-removed': 'Authenticator app removed',
  'passkey-added': 'Passkey added',
  'passkey-renamed': 'Passkey renamed',
  'passkey-removed': 'Passkey removed',
  'passkey-cloned': 'Passkey copied',
  'recovery-codes-created': 'Recovery codes created',
  'recovery-code-used': 'Recovery code used',
  'factor-reset-requested': 'Reset of second factors requested',
  'factor-reset-cancelled': 'Reset of second factors cancelled',
  'factors-reset': 'Second factors reset',
}

const emails = {
  'email-entered': 'Email entered',
  'email-verified': 'Email confirmed',
  'email-removed': 'Email removed',
}

const outsideAccounts = {
  'identity-linked': 'Outside account linked',
  'identity-unlinked': 'Outside account unlinked',
  'identity-link-failed': 'Outside account not linked',
}

const invitations = {
  'invitation-created': 'Invitation created',
  'invitation-revoked': 'Invitation revoked',
  'invitation-accepted': 'Invitation accepted',
}

const tokens = {
  'token-created': 'Access token created',
  'token-revoked': 'Access token revoked',
}

/** Names of events for the filter. A new event of the contract does not compile until it has a name. */
export const eventNames: Readonly<Record<AuditEventName, string>> = {
  ...logIns,
  ...accounts,
  ...passwords,
  ...secondFactors,
  ...emails,
  ...outsideAccounts,
  ...invitations,
  ...tokens,
}

/** The groups of the filter, each with its events by name. */
export const eventGroups: readonly { label: string; events: readonly AuditEventName[] }[] = [
  { label: 'Log-ins and sessions', events: sorted(logIns) },
  { label: 'Accounts', events: sorted(accounts) },
  { label: 'Passwords and recovery', events: sorted(passwords) },
  { label: 'Second factors', events: sorted(secondFactors) },
  { label: 'Email', events: sorted(emails) },
  { label: 'Outside accounts', events: sorted(outsideAccounts) },
  { label: 'Invitations', events: sorted(invitations) },
  { label: 'Access tokens', events: sorted(tokens) },
]

function sorted<Name extends AuditEventName>(names: Readonly<Record<Name, string>>): Name[] {
  // Sound: the keys of the records above are literals.
  const events = Object.keys(names) as Name[]
  return events.toSorted((one, other) => names[one].localeCompare(names[other], language))
}
