import type { ProcedureType } from '@trpc/server'
import type { Context, RequestFacts, Services } from '../context.ts'
import type { SessionClaims } from '../features/sessions/index.ts'
import { requestCookies } from '../http/cookies.ts'
import { addressKey } from './rate-limits.ts'
import type { RateLimits } from './rate-limits.ts'

/** Who makes a request, as far as it is known without a read. */
export interface Caller {
  /** Of the account, where `isAccount`, or of the address. */
  key: string
  /** Whether the session was found alive a short while ago. */
  isAccount: boolean
  /** Null without a token of ours. The session may be over. */
  claims: SessionClaims | null
}

type IdentifyingDeps = Pick<Services, 'sessionCookie' | 'sessionTokens' | 'liveTokens' | 'clock'>

/**
 * Checks the signature of the request's token. A token whose session was not found alive in the last minute
 * counts for the address: an attacker who keeps one that is over takes nothing of the account. So does a call
 * that takes an account back from a thief, who may have a copy of the cookie.
 */
export function identifyCaller(
  { sessionCookie, sessionTokens, liveTokens, clock }: IdentifyingDeps,
  { cookie, ip }: Pick<RequestFacts, 'cookie' | 'ip'>,
  { countsForAddress = false }: { countsForAddress?: boolean } = {},
): Caller {
  const token = sessionCookie.read(requestCookies(cookie))
  const claims = token === undefined ? null : sessionTokens.verify(token)
  return claims !== null && !countsForAddress && claims.expiresAt > clock() && liveTokens.has(claims.tokenId)
    ? { key: `account ${claims.userId}`, isAccount: true, claims }
    : { key: addressKey(ip), isAccount: false, claims }
}

type MeteringDeps = Pick<Context, 'auth' | 'meter' | 'rateLimits' | 'request'>

/**
 * Counts one call before anything of it is done: for the account of a live session, however many sessions it
 * has, and else for the address. A token that is over, or was never ours, has no allowance of its own.
 * Log-ins and sign-ups count for the address in any case: a thief with a copy of the cookie can use up the
 * account's allowance.
 * @returns 0, or after how many seconds to try again
 */
export async function consumeCall(
  { auth, meter, rateLimits, request }: MeteringDeps,
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
  // What is refused must not count for the account: a flood of one session would use up the others' reserve.
  if ((await rateLimits.consume('reserveCallsPerSession', session.id)) > 0) return wait
  return (await rateLimits.consume('reserveCallsPerAccount', session.user_id)) > 0 ? wait : 0
}

async function consumeOf(rateLimits: RateLimits, userId: string, type: ProcedureType): Promise<number> {
  if (type === 'mutation') return rateLimits.consume('mutationsPerAccount', userId)
  const wait = await rateLimits.wait('readBytesPerAccount', userId)
  return wait > 0 ? wait : rateLimits.consume('queriesPerAccount', userId)
}

/**
 * Counts what a call has cost beyond its being a call: bytes that it answers, or that a search goes through.
 * It counts after the fact, so the call that uses the allowance up is the last one that is answered.
 */
export async function chargeReadBytes(
  { meter, rateLimits }: Pick<MeteringDeps, 'meter' | 'rateLimits'>,
  bytes: number,
): Promise<void> {
  if (meter.accountId !== null) await rateLimits.consume('readBytesPerAccount', meter.accountId, bytes)
}
