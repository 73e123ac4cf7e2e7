import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { deriveKey, deriveKeyId } from './keys.ts'
import type { SealPurpose } from './keys.ts'

/** Encrypts texts that are stored. `context` names the row: a sealed text is invalid in any other. */
export interface Sealer {
  seal(text: string, context: readonly string[]): string
  /** @returns null when it was altered, belongs elsewhere, or its secret is not set any more */
  open(sealed: string, context: readonly string[]): string | null
  /** How the texts of each key begin, the newest key first. */
  readonly prefixes: readonly [string, ...string[]]
}

const ivBytes = 12
const tagBytes = 16

/**
 * Seals with AES-256-GCM (NIST SP 800-38D; ASVS 5.0 11.3.2), as `v1.<key id>.<iv, ciphertext and tag>`.
 * @param secrets the newest seals, each opens
 */
export function createSealer(secrets: readonly [string, ...string[]], purpose: SealPurpose): Sealer {
  const keys = new Map<string, KeyObject>()
  for (const secret of secrets) keys.set(deriveKeyId(secret, purpose), deriveKey(secret, purpose))
  const newestId = deriveKeyId(secrets[0], purpose)
  const newestKey = deriveKey(secrets[0], purpose)
  // An array, so that two names cannot be joined in another way.
  const authenticated = (keyId: string, context: readonly string[]) =>
    Buffer.from(JSON.stringify([purpose, keyId, ...context]))

  const [newest, ...older] = secrets
  const prefixOf = (secret: string) => `v1.${deriveKeyId(secret, purpose)}.`

  return {
    prefixes: [prefixOf(newest), ...older.map(prefixOf)],
    seal: (text, context) => {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', newestKey, iv, { authTagLength: tagBytes })
      cipher.setAAD(authenticated(newestId, context))
      const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `v1.${newestId}.${sealed.toString('base64url')}`
    },
    open: (sealed, context) => {
      const [version, keyId = '', body = '', ...rest] = sealed.split('.')
      const key = keys.get(keyId)
      const bytes = Buffer.from(body, 'base64url')
      if (version !== 'v1' || rest.length > 0 || key === undefined || bytes.length < ivBytes + tagBytes)
        return null
      // Node accepts shorter tags unless the length is given.
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      })
      decipher.setAAD(authenticated(keyId, context)).setAuthTag(bytes.subarray(-tagBytes))
      try {
        return decipher.update(bytes.subarray(ivBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
      } catch {
        return null
      }
    },
  }
}
