import { oneTimeLink, username } from './example-fields.ts'
import type { SchemaDocs } from './schema-doc.ts'

const endedSessions = 'How many other sessions were ended.'
const endOtherSessions = 'Also ends the other sessions of the user. Default: true.'
const recoveryCodes =
  'New recovery codes, shown once, if this is the first second factor of the account; else null.'

export const factorDocs = {
  TotpEnrollment: {
    description: 'A new authenticator app. It counts when a code confirms it.',
    fields: {
      secret: {
        description: 'The secret for apps that cannot read the QR code (base32).',
        examples: ['JBSWY3DPEHPK3PXP'],
      },
      uri: {
        description: 'The `otpauth:` address of the QR code.',
        examples: ['otpauth://totp/ada?secret=JBSWY3DPEHPK3PXP'],
      },
      expiresAt: 'Until then a code can confirm it.',
    },
  },
  ConfirmTotpInput: { description: 'The first code of the new app.', fields: { endOtherSessions } },
  FactorAdded: {
    description: 'The account has a new second factor.',
    fields: { recoveryCodes, endedSessions },
  },
  RemoveTotpInput: { description: 'How to remove the authenticator app.', fields: { endOtherSessions } },
  FactorRemoved: { description: 'The second factor is removed.', fields: { endedSessions } },
  RecoveryCodesStatus: {
    description: 'The recovery codes of the account; null without any.',
    fields: { left: 'How many are unused.', total: 'How many were made.' },
  },
  NewRecoveryCodes: { description: 'New recovery codes, shown once. The old ones are invalid.' },
  FactorResetRequested: {
    description: 'A log-in of the user with the link removes all second factors.',
    fields: {
      effectiveAt: 'From then on the link works.',
      link: { ...oneTimeLink, description: 'The link to hand over. It is shown once.' },
      expiresAt: 'Until then the link works.',
    },
  },
  FactorResetSecretInput: { description: 'The secret of the link of a factor reset.' },
  FactorResetState: {
    description: 'Whom the link of a factor reset belongs to, and when it works.',
    fields: { username },
  },
  ResetFactorsInput: { description: 'The user who lost the second factors.' },
  RegistrationResponse: {
    description:
      'What `navigator.credentials.create()` returned, by `toJSON()` (WebAuthn Level 3, 5.1). Bytes are base64url.',
  },
  AssertionResponse: {
    description:
      'What `navigator.credentials.get()` returned, by `toJSON()` (WebAuthn Level 3, 5.1). Bytes are base64url.',
  },
  PasskeyCreationOptions: {
    description: 'Options for `PublicKeyCredential.parseCreationOptionsFromJSON()`.',
  },
  PasskeyRequestOptions: {
    description: 'Options for `PublicKeyCredential.parseRequestOptionsFromJSON()`.',
    fields: { allowCredentials: 'Without it, the user chooses among all passkeys of this site.' },
  },
  Passkey: {
    description: 'A passkey of the user.',
    fields: {
      name: { description: 'The name of the passkey.', examples: ['Phone'] },
      backedUp: 'Whether its provider keeps a copy.',
      current: 'Whether this session was opened or elevated with it.',
    },
  },
  RegisterPasskeyInput: {
    description: 'A new passkey.',
    fields: { name: 'Default: the model of its authenticator.', endOtherSessions },
  },
  PasskeyRegistered: {
    description: 'The account has a new passkey.',
    fields: { recoveryCodes, endedSessions },
  },
  RenamePasskeyInput: { description: 'A passkey and its new name.' },
  RemovePasskeyInput: { description: 'A passkey of the user.', fields: { endOtherSessions } },
} as const satisfies SchemaDocs
