import { field, form, link } from './plain-form.ts'
import type { PlainForm } from './plain-form.ts'
import { afterLogInPath, plainPaths } from './plain-paths.ts'

const linkField = field({ name: 'link', label: 'The whole link', autocomplete: 'off' })

/** Returns the secret of a link: its fragment, which browsers do not send, so users enter the whole link. */
function secretIn(typed: string): string {
  return typed.slice(typed.indexOf('#') + 1).trim()
}

const forgotPassword: PlainForm = {
  procedure: 'recovery.request',
  input: ({ identifier = '' }) => ({ identifier }),
  page: () => ({
    title: 'Forgot your password?',
    lead: 'We mail you a link to choose a new one. Your password stays as it is until then.',
    card: form(
      plainPaths.forgotPassword,
      'Send the link',
      field({ name: 'identifier', label: 'User name or email', autocomplete: 'username' }),
    ),
    links: [link(plainPaths.resetPassword, 'Enter a link'), link(plainPaths.logIn, 'Back to log-in')],
  }),
  next: () => `${plainPaths.resetPassword}?form=mail-requested`,
}

const resetPassword: PlainForm = {
  procedure: 'recovery.reset',
  input: ({ link: typed = '', newPassword = '' }) => ({ secret: secretIn(typed), newPassword }),
  page: () => ({
    title: 'Choose a new password',
    lead: 'Copy the link from the mail, or the one that you were given.',
    card: form(
      plainPaths.resetPassword,
      'Change password',
      linkField,
      field({ name: 'newPassword', label: 'New password', type: 'password', autocomplete: 'new-password' }),
    ),
    links: [link(plainPaths.logIn, 'Back to log-in')],
  }),
  next: () => `${plainPaths.logIn}?form=password-changed`,
}

const resetFactors: PlainForm = {
  procedure: 'auth.completeFactorReset',
  input: ({ link: typed = '' }) => ({ secret: secretIn(typed) }),
  page: () => ({
    title: 'Log in without your second factors',
    lead: 'Ask an admin for a link. It removes all second factors and recovery codes of your account, and logs it out everywhere else.',
    card: form(plainPaths.resetFactors, 'Remove them and log in', linkField),
    links: [link(plainPaths.secondStep, 'Use a second factor')],
  }),
  next: () => afterLogInPath,
}

/** The forms of users who lost a password or every second factor, by path. */
export const recoveryForms: ReadonlyMap<string, PlainForm> = new Map([
  [plainPaths.forgotPassword, forgotPassword],
  [plainPaths.resetPassword, resetPassword],
  [plainPaths.resetFactors, resetFactors],
])
