import type { AssertionResponse, RegistrationResponse } from '@app/contract'
import type { RelyingParty } from './relying-party.ts'

/** COSE algorithms: EdDSA, ES256, RS256. The library's own list starts a probe for ML-DSA, which warns. */
export const algorithms = [-8, -7, -257]

/** An RSA key of 4,096 bits has about 530 bytes. */
const maxPublicKeyBytes = 1_024

interface Ceremony {
  /** The challenge that was opened, base64url. */
  challenge: string
  relyingParty: RelyingParty
}

/** Whether a passkey can be copied to other devices; it never changes. */
type DeviceType = 'singleDevice' | 'multiDevice'

export interface NewCredential {
  /** Base64url. */
  id: string
  publicKey: Uint8Array
  counter: number
  /** How browsers reach it. */
  transports: string[]
  /** The model of the authenticator. Not attested: it is good for a name, and proves nothing. */
  aaguid: string
  deviceType: DeviceType
  backedUp: boolean
}

/**
 * Verifies a registration (WebAuthn Level 3, 7.1). User verification is required.
 * @returns null for every answer that is not one of this site, challenge and user verification
 */
export async function verifyRegistration(
  response: RegistrationResponse,
  { challenge, relyingParty }: Ceremony,
): Promise<NewCredential | null> {
  try {
    const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
    const { transports = [], attestationObject, clientDataJSON } = response.response
    const { id, rawId, type } = response
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        id,
        rawId,
        type,
        clientExtensionResults: {},
        response: { clientDataJSON, attestationObject: await withoutStatement(attestationObject) },
      },
      expectedChallenge: challenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    })
    if (!verified) return null
    const { credential, aaguid, credentialDeviceType, credentialBackedUp } = registrationInfo
    if (credential.id !== id || credential.publicKey.byteLength > maxPublicKeyBytes) return null
    return {
      id,
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: [...new Set(transports.filter((transport) => /^[a-z-]+$/.test(transport)))],
      aaguid,
      deviceType: credentialDeviceType,
      backedUp: credentialBackedUp,
    }
  } catch {
    // The library throws for everything else: its own errors, TypeError and SyntaxError.
    return null
  }
}

/**
 * Removes the attestation, as browsers do when a site asks for none. It is not evaluated, and the library
 * would fetch the lists of revoked certificates that the answer names: addresses that an attacker chooses.
 */
async function withoutStatement(attestationObject: string): Promise<string> {
  const { decodeAttestationObject, isoCBOR } = await import('@simplewebauthn/server/helpers')
  const authData = decodeAttestationObject(Buffer.from(attestationObject, 'base64url')).get('authData')
  const none = new Map<string, Parameters<typeof isoCBOR.encode>[0]>()
  none.set('fmt', 'none').set('attStmt', new Map()).set('authData', authData)
  return Buffer.from(isoCBOR.encode(none)).toString('base64url')
}

export interface KnownCredential {
  id: string
  publicKey: Uint8Array<ArrayBuffer>
  deviceType: DeviceType
}

export interface Assertion {
  /** What the authenticator counted. The caller compares it in its transaction. */
  counter: number
  backedUp: boolean
}

/**
 * Verifies an assertion of a registered passkey (WebAuthn Level 3, 7.2). User verification is required, so it
 * proves two factors. Does not compare the counter.
 * @returns null for every answer that is not one of this passkey, site and challenge
 */
export async function verifyAssertion(
  response: AssertionResponse,
  { challenge, relyingParty }: Ceremony,
  { id, publicKey, deviceType }: KnownCredential,
): Promise<Assertion | null> {
  const { rawId, type } = response
  if (response.id !== id) return null
  try {
    const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
    const { clientDataJSON, authenticatorData, signature } = response.response
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id,
        rawId,
        type,
        clientExtensionResults: {},
        response: { clientDataJSON, authenticatorData, signature },
      },
      expectedChallenge: challenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      // Zero leaves the comparison of counters to the transaction, where it is safe from races.
      credential: { id, publicKey, counter: 0 },
    })
    if (!verified || authenticationInfo.credentialDeviceType !== deviceType) return null
    return {
      counter: authenticationInfo.newCounter,
      backedUp: authenticationInfo.credentialBackedUp,
    }
  } catch {
    return null
  }
}
