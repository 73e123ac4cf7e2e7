import type { ProcedureType } from '@trpc/server'
import type { Context, RequestFacts, Services } from '../context.ts'
import type { SessionClaims } from '../features/sessions/index.ts'
import { requestCookies } from '../http/cookies.ts'
import { addressKey } from './rate-limits.ts'
import type { RateLimits } from './rate-limits.ts'

/** The account or address to which a request is charged, as far as it is known without a read. */
export interface Caller {
  /** The key of the account if `isAccount`, otherwise of the address. */
  key: string
  /** Whether a call found the session alive less than a minute ago. */
  isAccount: boolean
  /** Null without a valid token. The session may have ended. */
  claims: SessionClaims | null
}

type IdentifyCallerDeps = Pick<Services, 'sessionCookie' | 'sessionTokens' | 'liveTokens' | 'clock'>

/**
 * Identifies the caller by the signature of the request's token. A token whose session was not found alive in
 * the last minute counts for the address, so that an attacker with an old token cannot use up the account's
 * allowance. Calls that recover an account from an attacker count for the address too, because the attacker
 * may have a copy of the cookie.
 */
export function identifyCaller(
  { sessionCookie, sessionTokens, liveTokens, clock }: IdentifyCallerDeps,
  { cookie, ip }: Pick<RequestFacts, 'cookie' | 'ip'>,
  { countsForAddress = false }: { countsForAddress?: boolean } = {},
): Caller {
  const token = sessionCookie.read(requestCookies(cookie))
  const claims = token === undefined ? null : sessionTokens.verify(token)
  return claims !== null && !countsForAddress && claims.expiresAt > clock() && liveTokens.has(claims.tokenId)
    ? { key: `account ${claims.userId}`, isAccount: true, claims }
    : { key: addressKey(ip), isAccount: false, claims }
}

type ConsumeCallDeps = Pick<Context, 'auth' | 'meter' | 'rateLimits' | 'request'>

/**
 * Counts one call before any of its work: for the account of a live session, however many sessions it has,
 * otherwise for the address. An ended or invalid token has no allowance. Log-ins and sign-ups always count
 * for the address, because an attacker with a copy of the cookie can use up the account's allowance.
 * @returns 0, or after how many seconds to retry
 */
export async function consumeCall(
  { auth, meter, rateLimits, request }: ConsumeCallDeps,
  type: ProcedureType,
  { hashesPassword = false }: { hashesPassword?: boolean } = {},
): Promise<number> {
  const session = hashesPassword ? null : await auth.session()
  if (session === null) {
    return rateLimits.consume('anonymousCallsPerAddress', addressKey(request.ip))
  }
  meter.accountId = session.user_id
  const wait = await consumeOf(rateLimits, session.user_id, type)
  if (wait === 0) return 0
  // Rejected calls must not count for the account: a flood from one session would use up the reserve of the
  // others.
  if ((await rateLimits.consume('reserveCallsPerSession', session.id)) > 0) return wait
  return (await rateLimits.consume('reserveCallsPerAccount', session.user_id)) > 0 ? wait : 0
}

async function consumeOf(rateLimits: RateLimits, userId: string, type: ProcedureType): Promise<number> {
  if (type === 'mutation') return rateLimits.consume('mutationsPerAccount', userId)
  const wait = await rateLimits.wait('readBytesPerAccount', userId)
  return wait > 0 ? wait : rateLimits.consume('queriesPerAccount', userId)
}

/**
 * Charges the bytes that a call sends or that a search compares. Charged afterwards, so the call that uses up
 * the allowance still succeeds.
 */
export async function chargeReadBytes(
  { meter, rateLimits }: Pick<ConsumeCallDeps, 'meter' | 'rateLimits'>,
  bytes: number,
): Promise<void> {
  if (meter.accountId !== null) await rateLimits.consume('readBytesPerAccount', meter.accountId, bytes)
}
