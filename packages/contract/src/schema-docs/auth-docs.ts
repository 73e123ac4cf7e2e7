import { address, username } from './example-fields.ts'
import type { SchemaDocs } from './schema-doc.ts'

const remember = 'Keeps the session after the browser is closed. Default: false.'
const invitation = 'The secret of an invitation. Required where only invited users may sign up.'

export const authDocs = {
  SignupInput: {
    description: 'A new account.',
    fields: {
      name: 'The name that other users see. Default: the user name.',
      email: 'An address to verify. A mail with a link is sent to it.',
      remember,
      invitation,
    },
  },
  LoginInput: {
    description: 'The first step of a log-in.',
    fields: {
      username: { description: 'The user name, or a verified email address.', examples: ['ada'] },
      remember,
    },
  },
  SecondFactorInput: {
    description: 'The second step of a log-in, by one of the `methods` of the first.',
    fields: {
      method: 'Selects the proof.',
      response: 'What the browser returned for the options of `auth.passkeyOptions`.',
    },
  },
  ElevateInput: {
    description: 'A fresh proof of the user: the password, or a factor of the account.',
    fields: {
      method: 'Selects the proof. Default: `password`.',
      response: 'What the browser returned for the options of `auth.passkeyOptions`.',
    },
  },
  Elevated: {
    description: 'The user is confirmed.',
    fields: { sudoUntil: 'Until then, calls that need a recent authentication are allowed.' },
  },
  SignedIn: {
    description: 'The log-in is complete. The response sets the session cookie.',
    fields: { user: 'The user who is logged in.' },
  },
  LoginResult: {
    description:
      'The result of a first step. With `second-factor` there is no session yet: `auth.secondFactor` finishes the log-in.',
    fields: { methods: 'The second factors of the account.' },
  },
  CurrentSession: {
    description: 'The user and the session of the call; null without one.',
    fields: {
      stateFingerprint: {
        description: 'An opaque text. As the first `lastEventId` of the event stream it saves one event.',
        examples: ['b5bb9d8014a0f9b1'],
      },
    },
  },
  AccountOptions: {
    description: 'What this installation offers to people who are not logged in.',
    fields: {
      signup: 'Who may create an account.',
      mail: '`smtp` sends mail, `mailbox` shows it on a page for developers, `none` sends none.',
      contact: {
        description: 'Whom to ask for help: an address, a link or a name.',
        examples: ['help@example.org'],
      },
      passwordLogin: 'Who may log in by password.',
      passkeyOrigin: {
        description: 'The origin whose pages can use passkeys; null where browsers refuse them.',
        examples: ['https://accounts.example.org'],
      },
      providers: 'The providers with whose accounts users can log in.',
    },
  },
  IdentitySignupInput: {
    description: 'The new account of an outside identity that was proved in this browser.',
    fields: {
      username: 'Required unless the name at the provider is used.',
      name: 'The name that other users see. Default: the name at the provider.',
      email: 'An address to verify.',
      invitation,
    },
  },
  PasskeyOptionsInput: {
    description: 'What the passkey will be used for. Its response is worth nothing for another purpose.',
    fields: { purpose: 'Default: `login`.' },
  },
  PasskeyLoginInput: {
    description: 'The response of a passkey.',
    fields: { remember },
  },
  RequestRecoveryInput: {
    description: 'Whose password is forgotten. Every text gets the same response.',
    fields: { identifier: { description: 'The user name or a verified email address.', examples: ['ada'] } },
  },
  RecoverySecretInput: { description: 'The secret of a recovery link.' },
  RecoveryLinkState: {
    description: 'Whom a recovery link belongs to, and until when it works.',
    fields: { username },
  },
  ResetPasswordInput: { description: 'A new password, allowed by the secret of a recovery link.' },
  PasswordReset: {
    description: 'The password is changed and every session of the user has ended.',
    fields: { username, endedSessions: 'How many sessions were ended.' },
  },
  VerifyEmailInput: { description: 'The secret of the link in a mail.' },
  VerifiedEmail: { description: 'The address that is verified now.', fields: { email: address } },
  PasswordConfirmation: {
    description: 'The proof by the password.',
    fields: { method: 'Default: `password`.' },
  },
} as const satisfies SchemaDocs
