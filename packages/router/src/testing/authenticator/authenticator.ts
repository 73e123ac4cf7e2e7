import { createHash, randomBytes } from 'node:crypto'
import type {
  AssertionResponse,
  PasskeyCreationOptions,
  PasskeyRequestOptions,
  RegistrationResponse,
} from '@app/contract'
import { encodeCbor } from './cbor.ts'
import type { Cbor } from './cbor.ts'
import { bogusSignature, newKeyPair } from './key-pair.ts'
import type { Algorithm, KeyPair } from './key-pair.ts'

export interface AuthenticatorOptions {
  /** The page that asks. */
  origin: string
  algorithm?: Algorithm
  /** The model. Default: unknown, all zeros. */
  aaguid?: string
  /** Synced passkeys are copied between devices, and do not count. */
  isSynced?: boolean
}

/** In what an answer differs from a right one. */
export interface Deviation {
  origin?: string
  rpId?: string
  challenge?: string
  type?: string
  crossOrigin?: boolean
  isUserPresent?: boolean
  isUserVerified?: boolean
  isBackedUp?: boolean
  counter?: number
  hasBogusSignature?: boolean
  userHandle?: string | null
  credentialId?: string
  /** An attestation, besides its format. */
  attestation?: { fmt: string; attStmt: ReadonlyMap<string, Cbor> }
}

/** An authenticator and its browser, as far as a server sees them. It verifies its user always. */
export interface SoftwareAuthenticator {
  create(options: PasskeyCreationOptions, deviation?: Deviation): RegistrationResponse
  /** Answers with its newest passkey that the options allow. @throws when there is none */
  get(options: PasskeyRequestOptions, deviation?: Deviation): AssertionResponse
  /** Copies its passkeys. From then on both count for themselves. */
  clone(): SoftwareAuthenticator
}

interface Credential {
  id: string
  rpId: string
  userHandle: string
  keys: KeyPair
  counter: number
}

export function createAuthenticator(
  options: AuthenticatorOptions,
  credentials: Credential[] = [],
): SoftwareAuthenticator {
  const { origin, algorithm = 'ES256', aaguid = '00000000-0000-0000-0000-000000000000' } = options
  const { isSynced = false } = options
  const clientData = (type: string, challenge: string, deviation: Deviation) =>
    Buffer.from(
      JSON.stringify({
        type: deviation.type ?? type,
        challenge: deviation.challenge ?? challenge,
        origin: deviation.origin ?? origin,
        crossOrigin: deviation.crossOrigin ?? false,
      }),
    )
  const authenticatorData = (rpId: string, count: number, deviation: Deviation, attested?: Uint8Array) => {
    const { isUserPresent = true, isUserVerified = true, isBackedUp = isSynced } = deviation
    const eligible = isSynced ? 0x08 : 0
    const flags = [isUserPresent ? 0x01 : 0, isUserVerified ? 0x04 : 0, eligible, isBackedUp ? 0x10 : 0]
    const header = Buffer.alloc(37)
    header.set(sha256(deviation.rpId ?? rpId))
    header.writeUInt8(
      flags.reduce((all, flag) => all | flag, attested ? 0x40 : 0),
      32,
    )
    header.writeUInt32BE(deviation.counter ?? count, 33)
    return attested ? Buffer.concat([header, attested]) : header
  }
  return {
    create: ({ rp, user, challenge, excludeCredentials }, deviation = {}) => {
      if (excludeCredentials.some(({ id }) => credentials.some((each) => each.id === id))) {
        throw new Error('InvalidStateError: the authenticator has a passkey of this account.')
      }
      const keys = newKeyPair(algorithm)
      const id = deviation.credentialId ?? randomBytes(32).toString('base64url')
      const credential = { id, rpId: rp.id, userHandle: user.id, keys, counter: isSynced ? 0 : 1 }
      credentials.push(credential)
      const idBytes = Buffer.from(id, 'base64url')
      const model = Buffer.from(aaguid.replaceAll('-', ''), 'hex')
      const idLength = Buffer.from([idBytes.length >> 8, idBytes.length & 255])
      const attested = Buffer.concat([model, idLength, idBytes, keys.cosePublicKey])
      const { fmt, attStmt } = deviation.attestation ?? { fmt: 'none', attStmt: new Map<string, Cbor>() }
      const attestation = new Map<string, Cbor>([
        ['fmt', fmt],
        ['attStmt', attStmt],
        ['authData', authenticatorData(rp.id, credential.counter, deviation, attested)],
      ])
      return {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', challenge, deviation)),
          attestationObject: base64url(encodeCbor(attestation)),
          transports: isSynced ? ['internal', 'hybrid'] : ['usb'],
        },
      }
    },
    get: ({ rpId, challenge, allowCredentials }, deviation = {}) => {
      const credential = credentials.findLast(
        (each) =>
          each.rpId === rpId &&
          (allowCredentials === undefined || allowCredentials.some(({ id }) => id === each.id)),
      )
      if (credential === undefined) throw new Error('NotAllowedError: no passkey of this site is allowed.')
      if (!isSynced) credential.counter += 1
      const data = authenticatorData(rpId, credential.counter, deviation)
      const client = clientData('webauthn.get', challenge, deviation)
      const signature =
        deviation.hasBogusSignature === true
          ? bogusSignature(algorithm)
          : credential.keys.sign(Buffer.concat([data, sha256(client)]))
      const id = deviation.credentialId ?? credential.id
      const { userHandle = credential.userHandle } = deviation
      return {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(data),
          signature: base64url(signature),
          userHandle,
        },
      }
    },
    clone: () =>
      createAuthenticator(
        options,
        credentials.map((each) => ({ ...each })),
      ),
  }
}

function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest()
}

function base64url(bytes: Buffer): string {
  return bytes.toString('base64url')
}
