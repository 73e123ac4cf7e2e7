import { product } from '@app/contract/product'
import { choice, field, form, link } from './plain-form.ts'
import type { PlainForm } from './plain-form.ts'
import { afterLogInPath, plainPaths } from './plain-paths.ts'
import { recoveryForms } from './recovery-forms.ts'

const logIn: PlainForm = {
  procedure: 'auth.login',
  input: ({ username = '', password = '', remember }) => ({
    username,
    password,
    remember: remember !== undefined,
  }),
  // Without the typed user name: users mistype their password there.
  page: () => ({
    title: 'Log in',
    lead: `Welcome back to ${product.name}.`,
    card: form(
      plainPaths.logIn,
      'Log in',
      field({ name: 'username', label: 'User name', autocomplete: 'username' }),
      field({
        name: 'password',
        label: 'Password',
        type: 'password',
        autocomplete: 'current-password',
        end: link(plainPaths.forgotPassword, 'Forgot password?'),
      }),
      choice('type="checkbox" name="remember"', 'Remember me on this device'),
    ),
    links: [`Don't have an account? ${link(plainPaths.signUp, 'Sign up')}`],
  }),
  next: (value) =>
    // Sound: the output of the procedure.
    (value as { status: string }).status === 'second-factor' ? plainPaths.secondStep : afterLogInPath,
}

const signUp: PlainForm = {
  procedure: 'auth.signup',
  input: ({ username = '', password = '', email = '' }) => ({
    username,
    password,
    ...(email.trim() === '' ? {} : { email }),
  }),
  page: ({ username, email }) => ({
    title: 'Sign up',
    lead: `Create your ${product.name} account.`,
    card: form(
      plainPaths.signUp,
      'Sign up',
      field({ name: 'username', label: 'User name', autocomplete: 'username', value: username }),
      field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'new-password' }),
      field({
        name: 'email',
        label: 'Email',
        type: 'email',
        autocomplete: 'email',
        value: email,
        optional: true,
      }),
    ),
    links: [`Already have an account? ${link(plainPaths.logIn, 'Log in')}`],
  }),
  next: () => afterLogInPath,
}

const secondStep: PlainForm = {
  procedure: 'auth.secondFactor',
  input: ({ method = '', code = '' }) => ({ method, code }),
  page: () => ({
    title: 'Confirm it is you',
    lead: 'Enter a code of your authenticator app, or a recovery code.',
    card: form(
      plainPaths.secondStep,
      'Continue',
      field({ name: 'code', label: 'Code', autocomplete: 'one-time-code' }),
      [
        '<div>',
        choice('type="radio" name="method" value="otp" checked', 'From the authenticator app'),
        choice('type="radio" name="method" value="recovery"', 'Recovery code'),
        '</div>',
      ].join(''),
    ),
    links: [
      link(plainPaths.resetFactors, 'Lost every second factor?'),
      link(plainPaths.logIn, 'Start again'),
    ],
  }),
  next: () => afterLogInPath,
}

const logOut: PlainForm = {
  procedure: 'auth.logout',
  input: () => ({}),
  page: () => ({
    title: 'Log out?',
    card: form(
      plainPaths.logOut,
      'Log out',
      // Browsers with scripts do not send it, and get the web app's page next.
      '<noscript><input type="hidden" name="plain" value="1"></noscript>',
    ),
    links: [link('/', 'Cancel')],
  }),
  next: (_done, { plain }) => `${plain === undefined ? '/login' : plainPaths.logIn}?form=logged-out`,
}

/** By path. The tutorials' forms are sent to /log_in and /sign_up. */
export const plainForms: ReadonlyMap<string, PlainForm> = new Map<string, PlainForm>([
  [plainPaths.logIn, logIn],
  ['/log_in', logIn],
  [plainPaths.signUp, signUp],
  ['/sign_up', signUp],
  [plainPaths.secondStep, secondStep],
  ...recoveryForms,
  [plainPaths.logOut, logOut],
])

/** The tutorials' addresses of pages of the web app. */
export const tutorialPages: ReadonlyMap<string, string> = new Map([
  ['/log_in', '/login'],
  ['/sign_up', '/signup'],
])

/** The paths whose calls are counted by the metrics. */
export const plainPagePaths: readonly string[] = [plainPaths.account, ...plainForms.keys()]

/** Returns the procedure that a path of these pages calls; undefined for other paths. */
export function plainProcedure(path: string): string | undefined {
  return path === plainPaths.account ? 'account.me' : plainForms.get(path)?.procedure
}
