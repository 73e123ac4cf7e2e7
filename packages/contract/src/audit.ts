/** What is written down about accounts. Append-only, like the failures: an event that has been written keeps its name. */
export const auditEvents = [
  'signup',
  'account-created',
  'login',
  'login-failed',
  'logout',
  'elevated',
  'elevation-failed',
  'password-changed',
  'password-change-failed',
  'role-changed',
] as const

export type AuditEventName = (typeof auditEvents)[number]
