import { createHmac, randomBytes } from 'node:crypto'
import { enrollmentMs } from '@app/contract'
import type { TestApp } from '../../src/testing/test-app.ts'
import type { Actor, CookieActor } from './actors.ts'

const stepMs = 30_000
const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The authenticator app of a user: a phone with the right time. */
export interface Authenticator {
  secret: string
  /** As the user saw them once; null when the account had codes before. */
  recoveryCodes: string[] | null
  /** Waits for the next time step and returns its code. */
  nextCode(): string
  /** @param steps from the current time step */
  code(steps?: number): string
  /** Returns a code that is wrong now, and differs for each number. */
  wrongCode(number?: number): string
}

/** Adds an authenticator app to the account of an actor, whose authentication is recent. */
export async function addAuthenticator(
  app: Pick<TestApp, 'clock'>,
  { api }: Pick<Actor, 'api'>,
  { endOtherSessions = false } = {},
): Promise<Authenticator> {
  const { secret } = await api.totp.enroll.mutate()
  const authenticator = authenticatorOf(app, secret)
  const code = authenticator.nextCode()
  const { recoveryCodes } = await api.totp.confirm.mutate({ code, endOtherSessions })
  return { ...authenticator, recoveryCodes }
}

/**
 * Enrolls an authenticator app that no code has confirmed yet, in the session of the actor's cookie, for
 * callers who may not enroll.
 */
export async function enrollInDatabase(
  app: TestApp,
  { id: userId, cookie }: Pick<CookieActor, 'id' | 'cookie'>,
): Promise<Authenticator> {
  const secret = Array.from(randomBytes(32), (byte) => base32Alphabet.charAt(byte & 31)).join('')
  const sealed = app.services.totpSealer.seal(secret, [userId])
  await app.services.db.write(async (tx) => {
    const expiresAt = app.clock.now() + enrollmentMs
    const enrollment = { sealed, expires_at: expiresAt, wrong_codes: 0 }
    const row = { user_id: userId, session_id: sessionIdIn(cookie), ...enrollment }
    await tx.deleteFrom('totp_enrollments').where('user_id', '=', userId).execute()
    await tx.insertInto('totp_enrollments').values(row).execute()
  })
  return authenticatorOf(app, secret)
}

/** Reads the id of the session in the token of a cookie. */
function sessionIdIn(cookie: string): string {
  const [, payload = ''] = cookie.split('.')
  // Sound: the payload of a session token.
  return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sid: string }).sid
}

export function authenticatorOf({ clock }: Pick<TestApp, 'clock'>, secret: string): Authenticator {
  const code = (steps = 0) => codeOf(secret, Math.floor(clock.now() / stepMs) + steps)
  return {
    secret,
    recoveryCodes: null,
    code,
    nextCode: () => {
      clock.advance(stepMs)
      return code()
    },
    wrongCode: (number = 0) => {
      const right = new Set([-1, 0, 1].map(code))
      const candidates = Array.from({ length: number + 4 }, (_, index) => String(index).padStart(6, '0'))
      return candidates.filter((candidate) => !right.has(candidate))[number] ?? ''
    },
  }
}

/** Computes a code by RFC 4226 5.3, independently of the library of the product. */
function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const hmac = createHmac('sha1', base32(secret)).update(counter).digest()
  const offset = (hmac.at(-1) ?? 0) & 15
  return String((hmac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

function base32(text: string): Buffer {
  const bits = Array.from(text, (character) =>
    base32Alphabet.indexOf(character).toString(2).padStart(5, '0'),
  ).join('')
  return Buffer.from((bits.match(/[01]{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
