import * as z from 'zod/mini'
import { DisplayName } from './display-name.ts'
import { EndOtherSessions, FactorAdded } from './second-factors.ts'
import { Id, Instant } from './text.ts'

const wrongCredential = 'This is not an answer of a passkey.'

/** Bytes as base64url without padding, as `PublicKeyCredential.toJSON()` writes them. */
function bytes(max: number) {
  const longest = Math.ceil((max * 4) / 3)
  return z
    .string(wrongCredential)
    .check(z.maxLength(longest, wrongCredential), z.regex(/^[\w-]+$/, wrongCredential))
}

/** WebAuthn Level 3, 4: a credential id has at most 1,023 bytes, a user handle 64. */
const CredentialId = bytes(1_023)
const ClientDataJson = bytes(4_096)

const CredentialType = z.literal('public-key', wrongCredential)

/**
 * What `navigator.credentials.create()` returned, as JSON. Keys that are not listed are dropped and not
 * rejected: browsers and password managers add their own.
 */
export const RegistrationResponse = z.object(
  {
    id: CredentialId,
    rawId: CredentialId,
    type: CredentialType,
    response: z.object(
      {
        clientDataJSON: ClientDataJson,
        attestationObject: bytes(8_192),
        transports: z.optional(
          z
            .array(z.string(wrongCredential).check(z.maxLength(32, wrongCredential)), wrongCredential)
            .check(z.maxLength(10, wrongCredential)),
        ),
      },
      wrongCredential,
    ),
  },
  wrongCredential,
)
export type RegistrationResponse = z.infer<typeof RegistrationResponse>

/** What `navigator.credentials.get()` returned, as JSON. Other keys are dropped, as above. */
export const AssertionResponse = z.object(
  {
    id: CredentialId,
    rawId: CredentialId,
    type: CredentialType,
    response: z.object(
      {
        clientDataJSON: ClientDataJson,
        authenticatorData: bytes(4_096),
        signature: bytes(1_024),
        userHandle: z.nullish(bytes(64)),
      },
      wrongCredential,
    ),
  },
  wrongCredential,
)
export type AssertionResponse = z.infer<typeof AssertionResponse>

const CredentialDescriptor = z.object({
  id: z.string(),
  type: z.literal('public-key'),
  transports: z.array(z.string()),
})

/** For `PublicKeyCredential.parseCreationOptionsFromJSON()`. */
export const PasskeyCreationOptions = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
  timeout: z.int(),
  excludeCredentials: z.array(CredentialDescriptor),
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
  attestation: z.literal('none'),
})
export type PasskeyCreationOptions = z.infer<typeof PasskeyCreationOptions>

/**
 * For `PublicKeyCredential.parseRequestOptionsFromJSON()`. Without `allowCredentials`, the user chooses among
 * all passkeys of this site.
 */
export const PasskeyRequestOptions = z.object({
  rpId: z.string(),
  challenge: z.string(),
  timeout: z.int(),
  userVerification: z.literal('required'),
  allowCredentials: z.optional(z.array(CredentialDescriptor)),
})
export type PasskeyRequestOptions = z.infer<typeof PasskeyRequestOptions>

/**
 * A passkey in the list of its user. `backedUp`: its provider keeps a copy, so the loss of one device does
 * not lose it. `current`: the session was opened or elevated with it.
 */
export const Passkey = z.object({
  id: Id,
  name: z.string(),
  createdAt: Instant,
  lastUsedAt: z.nullable(Instant),
  backedUp: z.boolean(),
  current: z.boolean(),
})
export type Passkey = z.infer<typeof Passkey>

export const Passkeys = z.array(Passkey)

/** Without a name, the passkey is named after the model of its authenticator. */
export const RegisterPasskeyInput = z.strictObject({
  response: RegistrationResponse,
  name: z.optional(DisplayName),
  endOtherSessions: EndOtherSessions,
})
export const PasskeyRegistered = z.extend(FactorAdded, { passkey: Passkey })

export const RenamePasskeyInput = z.strictObject({ id: Id, name: DisplayName })
export const RemovePasskeyInput = z.strictObject({ id: Id, endOtherSessions: EndOtherSessions })

/**
 * What a passkey will be used for: a log-in with nothing else, the second step of a log-in, or the
 * confirmation of a session. An answer is worth nothing for another purpose.
 */
export const PasskeyOptionsInput = z.prefault(
  z.strictObject({
    purpose: z.optional(
      z.enum(['login', 'second-factor', 'elevation'], { error: 'Choose what the passkey is for.' }),
    ),
  }),
  {},
)

export const PasskeyLoginInput = z.strictObject({
  response: AssertionResponse,
  remember: z.optional(z.boolean({ error: 'Remember me is yes or no.' })),
})
