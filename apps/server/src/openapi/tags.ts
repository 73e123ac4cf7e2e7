import type { AppRouter } from '@app/router'

type Feature = keyof AppRouter['_def']['record']

/** What the document says about each feature. A feature without a line here does not compile. */
export const featureDescriptions: { readonly [F in Feature]: string } = {
  auth: 'Sign-up, log-in, log-out, and the confirmation that sensitive calls need.',
  account: 'The account of the user: profile, password, activity, export and closing.',
  email: 'The email address of the user and its verification.',
  identities: 'Accounts at providers, such as GitHub, that log the user in.',
  sessions: 'The sessions of the user, and the events that inform open pages of their end.',
  notes: 'The notes of the user.',
  passkeys: 'The passkeys of the user.',
  recovery: 'Recovery of accounts by a link, without a log-in.',
  totp: 'The authenticator app of the user.',
  recoveryCodes: 'The recovery codes of the user.',
  users: 'The directory, and the administration of users.',
  invitations: 'Invitations of new users by admins.',
  tokens: 'Access tokens, with which programs act as the user.',
  audit: 'The audit log of all users.',
}
