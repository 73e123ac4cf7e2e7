import { createSecretKey, hkdfSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

type Purpose = 'session' | 'session-kid' | 'identifier'

/**
 * Derives one key for each purpose from one secret (HKDF-SHA-256, RFC 5869, empty salt), so that a value made
 * for one purpose is invalid for another.
 */
export function deriveKey(secret: string, purpose: Purpose): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `accounts/${purpose}/v1`, 32)))
}
