import { createSecretKey, hkdfSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** Purposes of `createSealer`. */
export type SealPurpose =
  | 'outbox'
  | 'totp'
  | 'pending-login'
  | 'passkey-challenge'
  | 'oidc-attempt'
  | 'identity-signup'

type KeyPurpose = 'session' | 'identifier' | 'shared-limit' | SealPurpose

/**
 * Derives one key for each purpose from one secret (HKDF-SHA-256, RFC 5869, empty salt), so that a value made
 * for one purpose is invalid for another.
 */
export function deriveKey(secret: string, purpose: KeyPurpose): KeyObject {
  return createSecretKey(derive(secret, purpose))
}

/** Derives the public name of a key, so that values name the secret that made them. */
export function deriveKeyId(secret: string, purpose: KeyPurpose): string {
  return derive(secret, `${purpose}-kid`).subarray(0, 8).toString('base64url')
}

function derive(secret: string, name: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `accounts/${name}/v1`, 32))
}
