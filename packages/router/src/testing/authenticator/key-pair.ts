import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { encodeCbor } from './cbor.ts'
import type { Cbor } from './cbor.ts'

export type Algorithm = 'ES256' | 'EdDSA' | 'RS256'

export interface KeyPair {
  /** The public key as COSE (RFC 9052). */
  cosePublicKey: Buffer
  sign(data: Uint8Array): Buffer
}

export function newKeyPair(algorithm: Algorithm): KeyPair {
  const { publicKey, privateKey } = pairOf(algorithm)
  const { x, y, n, e } = publicKey.export({ format: 'jwk' })
  const bytes = (text: string | undefined) => Buffer.from(text ?? '', 'base64url')
  const parameters: Record<Algorithm, [number, Cbor][]> = {
    ES256: [cose(1, 2), cose(3, -7), cose(-1, 1), cose(-2, bytes(x)), cose(-3, bytes(y))],
    EdDSA: [cose(1, 1), cose(3, -8), cose(-1, 6), cose(-2, bytes(x))],
    RS256: [cose(1, 3), cose(3, -257), cose(-1, bytes(n)), cose(-2, bytes(e))],
  }
  return {
    cosePublicKey: encodeCbor(new Map(parameters[algorithm])),
    sign: (data) => sign(algorithm === 'EdDSA' ? null : 'sha256', data, privateKey),
  }
}

/** Signs as a wrong key would: well-formed, of the right length, and never right. */
export function bogusSignature(algorithm: Algorithm): Buffer {
  return newKeyPair(algorithm).sign(randomBytes(32))
}

function cose(label: number, value: Cbor): [number, Cbor] {
  return [label, value]
}

function pairOf(algorithm: Algorithm) {
  if (algorithm === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' })
  if (algorithm === 'EdDSA') return generateKeyPairSync('ed25519')
  return generateKeyPairSync('rsa', { modulusLength: 2_048 })
}
