import { textLimits } from '../limits.ts'
import type { SchemaDocs } from './schema-doc.ts'

/** Single values. Each is one named schema of the API document. */
export const valueDocs = {
  Id: {
    description: 'A UUID of version 7 (RFC 9562). Ids sort by their time of creation.',
    examples: ['01977e3c-0000-7000-8000-000000000000'],
  },
  Instant: {
    description: 'A time in UTC with milliseconds (RFC 3339).',
    examples: ['2026-11-29T09:30:00.000Z'],
  },
  Username: {
    description:
      'The name by which a user logs in. Upper case becomes lower case, and some names are reserved.',
    minLength: textLimits.username.min,
    maxLength: textLimits.username.max,
    pattern: '^[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$',
    examples: ['ada'],
  },
  DisplayName: {
    description: 'The name that other users see: one line of visible characters, without spaces around it.',
    examples: ['Ada Lovelace'],
  },
  Email: {
    description: 'An email address. It is stored in its normalised form.',
    format: 'email',
    examples: ['ada@example.org'],
  },
  NewPassword: {
    description:
      'A new password: any characters, counted as Unicode code points. Common and leaked ones are rejected with PASSWORD_REJECTED.',
    format: 'password',
    examples: ['correct horse battery staple'],
  },
  PresentedPassword: {
    description: 'The present password.',
    format: 'password',
    examples: ['correct horse battery staple'],
  },
  OneTimeCode: {
    description: 'The six digits that the authenticator app shows. Spaces and dashes do not matter.',
    examples: ['123 456'],
  },
  RecoveryCode: {
    description:
      'One of the ten recovery codes: 24 letters and digits. Case, spaces and dashes do not matter.',
    examples: ['0123-4567-89AB-CDEF-GHJK-MNPQ'],
  },
  OneTimeSecret: {
    description: 'The secret of a link: what follows `#` in it.',
    examples: ['AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  },
  SearchText: {
    description: 'Text to search for. Case does not matter.',
    examples: ['ada'],
  },
  AuthMethod: {
    description:
      'How a user proved their identity, named as in RFC 8176. `oidc` is an account at a provider, `recovery` a recovery code.',
  },
  SecondFactorMethod: {
    description: 'A second factor: an authenticator app, a recovery code or a passkey.',
  },
  SessionLevel: {
    description: '2 while a second factor carries the session, else 1.',
  },
} as const satisfies SchemaDocs
