import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

// Frozen: stored hashes and secret scanners depend on the format (docs/tokens.md).

const prefix = 'acctpat_'
/** Base62 digits of 256 random bits, and of a CRC-32 of everything before it. */
const lengths = { random: 43, checksum: 6 }
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const pattern = /^acctpat_[0-9A-Za-z]{49}$/

/** Returns a new access token. */
export function newAccessToken(): string {
  const random = BigInt(`0x${randomBytes(32).toString('hex')}`)
  const body = prefix + base62(random, lengths.random)
  return body + checksumOf(body)
}

/**
 * Checks the form and the checksum of a token, without a read: a mistyped or invented token costs nothing.
 */
export function isWellFormed(token: string): boolean {
  return pattern.test(token) && token.endsWith(checksumOf(token.slice(0, -lengths.checksum)))
}

/** Returns the hash under which a token is stored. The token has 256 random bits, so it needs no salt. */
export function accessTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/**
 * Returns what lists show of a token: the last characters of its checksum, which leave its random part with
 * more than 230 bits.
 */
export function hintOf(token: string): string {
  return `${prefix}…${token.slice(-4)}`
}

/** Replaces access tokens in a path that is logged, even if they are cut or partly percent-encoded. */
export function withoutTokens(text: string): string {
  return text.includes('acctpat') ? text.replaceAll(/acctpat(?:_|%5f)[\w%]+/gi, `${prefix}…`) : text
}

function checksumOf(body: string): string {
  return base62(BigInt(crc32(body)), lengths.checksum)
}

function base62(value: bigint, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest /= 62n)
    text = `${digits[Number(rest % 62n)] ?? ''}${text}`
  return text
}
