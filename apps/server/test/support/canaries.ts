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

/** The secrets in the cookies that these responses set, with their stored hashes. */
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
    ...values('passkey-challenge').map((value) => ({ name: 'a challenge cookie', value, kept: [] })),
    ...values('pending-login').map((value) => ({ name: 'a pending log-in', value, kept: [] })),
    ...values('oidc-attempt').map((value) => ({ name: 'an attempt cookie', value, kept: [] })),
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

/** The name of the canaries of `linkSecrets` that only the response of an issuing call may contain. */
export const secretOfLink = 'the secret of a link'

/** The secrets of links that were sent, and of those that these responses issue, with their stored hashes. */
export function linkSecrets(sent: readonly string[], answers: readonly Overheard[]): Canary[] {
  const issued = answers.flatMap(({ text }) =>
    [...text.matchAll(/#([\w-]{43})"/g)].map(([, found = '']) => found),
  )
  const purposes = ['recovery', 'issued-recovery', 'invitation', 'email-verification']
  return [...new Set([...sent, ...issued])].flatMap((value) => [
    { name: secretOfLink, value, kept: [] },
    ...purposes.map((purpose) => ({
      name: 'the hash of a link',
      value: sha256(`accounts/${purpose}/v1\0${value}`),
      kept: ['one_time_secrets.hash'],
    })),
  ])
}

/** The name of the canaries of `factorSecrets` that only the responses that show them may contain. */
export const secretOfFactor = 'the secret of a second factor'

/** The secrets of authenticator apps and the recovery codes that these responses show once. */
export function factorSecrets(answers: readonly Overheard[]): Canary[] {
  const shown = answers.map(({ text }) => text).join('\n')
  const totp = [...shown.matchAll(/"secret":"([A-Z2-7]{32})"/g)].map(([, found = '']) => found)
  const codes = [...new Set(shown.match(/\b(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}\b/g))]
  const plain = codes.map((code) => code.replaceAll('-', ''))
  return [
    ...[...totp, ...codes, ...plain].map((value) => ({ name: secretOfFactor, value, kept: [] })),
    ...plain.map((code) => ({
      name: 'the hash of a recovery code',
      value: sha256(`accounts/recovery-code/v1\0${code}`),
      kept: ['recovery_codes.hash'],
    })),
  ]
}

/** The names of the canaries of `accessTokens` that only the response of `tokens.create` may contain. */
export const shownToken = 'an access token'
export const randomPartOfToken = 'the random part of an access token'

/** The access tokens that these responses show once, with their stored hashes. */
export function accessTokens(answers: readonly Overheard[]): Canary[] {
  const shown = answers.flatMap(({ text }) => text.match(/\bacctpat_[0-9A-Za-z]{49}\b/g) ?? [])
  return [...new Set(shown)].flatMap((value) => [
    { name: shownToken, value, kept: [] },
    { name: randomPartOfToken, value: value.slice(8, 51), kept: [] },
    { name: 'the hash of an access token', value: sha256(value), kept: ['access_tokens.hash'] },
  ])
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
