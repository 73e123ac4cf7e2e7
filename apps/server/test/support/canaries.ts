import { createHash, hkdfSync } from 'node:crypto'
import type { Overheard } from './wire-tap.ts'

/** A secret and the one column of the database that may hold it, `table.column`; null: none may. */
export interface Canary {
  name: string
  value: string
  kept: readonly string[]
}

/** Right and wrong passwords that users typed. */
export function typed(...passwords: string[]): Canary[] {
  return passwords.map((value) => ({ name: `the password ${value}`, value, kept: [] }))
}

/** Stored hashes, which no response may contain. */
export function hashes(stored: readonly string[]): Canary[] {
  return stored.flatMap((value) => [
    { name: 'a password hash', value, kept: ['password_credentials.hash'] },
    // The part after scheme, cost and salt.
    { name: 'the end of a password hash', value: value.slice(-31), kept: ['password_credentials.hash'] },
  ])
}

/** The secret of AUTH_SECRETS and the keys derived from it. */
export function authSecret(secret: string): Canary[] {
  const keys = ['session', 'identifier'].map((purpose) =>
    Buffer.from(hkdfSync('sha256', secret, '', `accounts/${purpose}/v1`, 32)),
  )
  return [
    { name: 'the auth secret', value: secret, kept: [] },
    ...keys.flatMap((key) =>
      (['base64', 'base64url', 'hex'] as const).map((encoding) => ({
        name: 'a derived key',
        value: key.toString(encoding),
        kept: [],
      })),
    ),
  ]
}

/** The session tokens and device cookies that these responses set, with their stored hashes. */
export function cookieSecrets(answers: readonly Overheard[]): Canary[] {
  const values = (name: string) => [
    ...new Set(
      answers
        .flatMap(({ cookies }) => cookies)
        .filter((line) => line.startsWith(`${name}=`))
        .map((line) =>
          line
            .slice(name.length + 1)
            .split(';', 1)
            .join(''),
        )
        .filter((value) => value !== ''),
    ),
  ]
  return [
    ...values('session').flatMap(tokenSecrets),
    ...values('known-device').flatMap((secret) => [
      { name: 'a device cookie', value: secret, kept: [] },
      {
        name: 'the hash of a device cookie',
        value: sha256(secret),
        kept: ['known_devices.device_hash', 'login_throttles.bucket'],
      },
    ]),
  ]
}

function tokenSecrets(token: string): Canary[] {
  const [, payload = '', signature = ''] = token.split('.')
  // Sound: the server has just signed it.
  const { jti } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { jti: string }
  return [
    { name: 'a session token', value: payload, kept: [] },
    { name: 'a signature', value: signature, kept: [] },
    { name: 'a jti', value: jti, kept: [] },
    { name: 'the hash of a jti', value: sha256(jti), kept: ['sessions.token_hash'] },
  ]
}

/** @returns a function that names the canaries in a text, plain or in a common encoding */
export function listenFor(canaries: readonly Canary[]): (text: string) => string[] {
  const songs = canaries.map(({ name, value }) => ({ name, disguises: disguises(value) }))
  return (text) =>
    songs.filter((song) => song.disguises.some((disguise) => text.includes(disguise))).map(({ name }) => name)
}

export function disguises(value: string): string[] {
  const bytes = Buffer.from(value)
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ]
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
