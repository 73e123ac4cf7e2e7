import { address, ip, shownName, userAgent, username } from './example-fields.ts'
import type { SchemaDocs } from './schema-doc.ts'

const endedSessions = 'How many other sessions were ended.'
const tokenName = { description: 'What the token is for.', examples: ['Backup'] }
const hint = { description: 'Its prefix and its last four characters.', examples: ['acctpat_…AAAA'] }
const providerName = { description: 'The name of the provider in paths.', examples: ['github'] }
const providerLabel = { description: 'The name of the provider for users.', examples: ['GitHub'] }
const endOtherSessions = 'Also ends the other sessions of the user. Default: true.'

export const accountDocs = {
  Self: {
    description: 'A user, as they see themselves.',
    fields: {
      username,
      name: shownName,
      email: { ...address, description: 'The verified address, else the entered one.' },
      emailVerified: 'Whether `email` is verified.',
      pendingEmail: {
        description: 'An address that was entered and is not verified yet.',
        examples: [null],
      },
    },
  },
  UpdateProfileInput: {
    description: 'The fields to change. Others keep their values.',
  },
  ChangePasswordInput: { description: 'The present and the new password.' },
  PasswordChanged: {
    description: 'The password is changed.',
    fields: { endedSessions },
  },
  ChangeEmailInput: { description: 'The new address. It counts when its link was opened.' },
  AccountSecurity: {
    description: 'How the account is protected.',
    fields: {
      hasPassword: 'Whether the account has a password.',
      totp: 'The authenticator app; null without one.',
      factorReset:
        'A requested removal of all second factors: it takes effect with a log-in after that time.',
    },
  },
  AccountExport: {
    description: 'Everything that is kept about a user. Lists begin with the newest.',
    fields: {
      knownDevices: 'Browsers that have logged in before.',
      identities: 'Accounts at providers. `issuer` and `subject` are how the provider identifies the user.',
      accessTokens: 'Access tokens, without the tokens themselves.',
      activity: 'Audit events.',
    },
  },
  Session: {
    description: 'One logged-in device.',
    fields: {
      lastSeenAt: 'The time of the last call that renewed the session.',
      expiresAt: 'The idle or the absolute expiry, whichever comes first.',
      ip,
      userAgent,
      current: 'Whether it is the session of this call.',
      methods: 'How its user authenticated, in the order of use.',
    },
  },
  SessionIdInput: { description: 'A session of the user.' },
  SessionEventsInput: {
    description: 'Where to continue the events.',
    fields: {
      lastEventId: 'The id of the last received event, or the `stateFingerprint` of `auth.session`.',
    },
  },
  SessionEvent: {
    description:
      '`changed`: the user or their sessions may have changed, so read them again. `ended`: the session is over, and no event follows.',
  },
  SessionsRevoked: { description: 'Sessions have ended.', fields: { endedSessions } },
  CreateTokenInput: {
    description: 'A new access token.',
    fields: {
      name: tokenName,
      scopes: { description: 'What it may do. `write` includes `read`.', examples: [['account:read']] },
    },
  },
  Token: {
    description: 'An access token of the user.',
    fields: {
      name: tokenName,
      hint,
      lastUsedAt: 'Exact to a minute.',
    },
  },
  CreatedToken: {
    description: 'A new access token.',
    fields: {
      name: tokenName,
      hint,
      token: {
        description: 'The token itself. It is shown once.',
        examples: [`acctpat_${'A'.repeat(49)}`],
      },
    },
  },
  TokenList: {
    description: 'The access tokens of the user. The one that expires last comes first.',
    fields: { grantable: 'The scopes that the user may give to a new token.' },
  },
  TokenIdInput: { description: 'An access token.' },
  Identity: {
    description: 'An account at a provider that logs the user in.',
    fields: {
      provider: providerName,
      label: providerLabel,
      name: { description: 'What the provider calls the user.', examples: ['ada'] },
      canLogIn: 'False while this installation does not offer the provider.',
    },
  },
  IdentityProvider: {
    description: 'A provider of outside identities.',
    fields: { name: providerName, label: providerLabel },
  },
  LinkIdentityInput: {
    description: 'The provider whose account will be linked.',
    fields: {
      provider: { description: 'The `name` of a provider.', examples: ['github'] },
      redirectTo: 'The path of the page to open at the end.',
    },
  },
  LinkStarted: {
    description: 'The browser continues at the provider.',
    fields: {
      url: {
        description: 'The address to open.',
        format: 'uri',
        examples: ['https://github.com/login/oauth/authorize?client_id=accounts'],
      },
    },
  },
  UnlinkIdentityInput: { description: 'An identity of the user.', fields: { endOtherSessions } },
  IdentityUnlinked: { description: 'The identity logs in no more.', fields: { endedSessions } },
  PendingIdentitySignup: {
    description: 'An outside identity that was proved in this browser and has no account yet; else null.',
    fields: {
      username: { ...username, description: 'A suggestion.' },
      isFixed: 'Whether `username` is the only possible one.',
      name: { ...shownName, description: 'A suggestion.' },
      email: { ...address, description: 'A suggestion.' },
    },
  },
} as const satisfies SchemaDocs
