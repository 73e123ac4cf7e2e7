import type { AuditEventName } from '@app/contract'

/** Names of events for the filter. A new event of the contract does not compile until it has a name. */
export const eventNames: Readonly<Record<AuditEventName, string>> = {
  signup: 'Sign-up',
  'account-created': 'Account created by command',
  login: 'Log-in',
  'login-failed': 'Failed log-in',
  logout: 'Log-out',
  elevated: 'Password confirmed',
  'elevation-failed': 'Wrong password at confirmation',
  'password-changed': 'Password changed',
  'password-change-failed': 'Wrong password at password change',
  'role-changed': 'Role changed',
  'password-limited': 'Too many wrong passwords',
  'password-spraying': 'Wrong passwords for many accounts',
  'account-unlocked': 'Account unlocked by command',
  'session-revoked': 'One session ended',
  'sessions-revoked': 'Sessions ended',
  disabled: 'Account disabled',
  enabled: 'Account enabled',
  exported: 'Data exported',
  closed: 'Account closed by its owner',
  removed: 'Account removed',
}
