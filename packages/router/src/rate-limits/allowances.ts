import type { ProcedureType } from '@trpc/server'
import type { Access } from '../access.ts'
import { andThen, orElse } from '../awaitable.ts'
import type { Awaitable } from '../awaitable.ts'
import type { Context, RequestFacts, Services } from '../context.ts'
import { createAuthentication } from '../features/sessions/index.ts'
import type { SessionWithUser, VerifiedClaims } from '../features/sessions/index.ts'
import { authenticateToken } from '../features/tokens/index.ts'
import type { TokenAuthentication } from '../features/tokens/index.ts'
import { requestCookies } from '../http/cookies.ts'
import { addressKey } from './rate-limits.ts'
import type { RateLimits } from './rate-limits.ts'

/** The account or address to which a request is charged, as far as it is known without a read. */
export interface Caller {
  /** The key of the account if there is one, otherwise of the address. */
  key: string
  /** The account, if a call found the session or access token alive less than a minute ago. */
  userId: string | null
  /** Null without a valid token. The session may have ended. */
  claims: VerifiedClaims | null
  /** The id of the session or access token of an account. Null for an address. */
  credentialId: string | null
}

/** The session token that a connection sent last. A proxy may send requests of many users over one. */
export interface LastCookie {
  /** The `Cookie` header; undefined before the first one with a valid token. */
  header: string | undefined
  claims: VerifiedClaims | null
}

/** Browsers send a tenth of it. Bounds the memory of a connection. */
const maxKeptHeader = 4_000

type IdentifyCallerDeps = Parameters<typeof authenticateToken>[0] &
  Pick<Services, 'sessionCookie' | 'sessionTokens' | 'liveTokens' | 'clock'>

type CallerFacts = Pick<RequestFacts, 'cookie' | 'authorization' | 'ip'>

interface IdentifyCallerOptions {
  countsForAddress?: boolean
  last?: LastCookie
}

/**
 * Identifies the caller by the signature of the request's token. A token whose session was not found alive in
 * the last minute counts for the address, so that an attacker with an old token cannot use up the account's
 * allowance. Calls that recover an account from an attacker count for the address too, because the attacker
 * may have a copy of the cookie.
 */
export function identifyCaller(
  services: IdentifyCallerDeps,
  { cookie, authorization, ip }: CallerFacts,
  { countsForAddress = false, last }: IdentifyCallerOptions = {},
): Caller {
  const { sessionCookie, liveTokens, clock } = services
  const hasCookie = () => sessionCookie.isSent(requestCookies(cookie))
  const accessToken = authenticateToken(services, authorization, hasCookie)
  if (accessToken !== null) {
    const known = accessToken.isWithCookie || countsForAddress ? undefined : accessToken.known()
    if (known === undefined) return addressCaller(ip)
    return { key: accountKey(known.userId), userId: known.userId, claims: null, credentialId: known.id }
  }
  const claims = claimsOf(services, cookie, last)
  return claims !== null && !countsForAddress && claims.expiresAt > clock() && liveTokens.has(claims.tokenId)
    ? { key: accountKey(claims.userId), userId: claims.userId, claims, credentialId: claims.sessionId }
    : addressCaller(ip, claims)
}

/** Reads of sessions that `findCaller` waits for. Beyond it a token counts for its address. */
const maxPendingReads = 256

/**
 * Creates a function that identifies the caller like `identifyCaller`, and reads a session that no call of
 * the last minute has found alive: one indexed read for a token with our signature, and none for one that
 * expired or is known as ended. Requests with the same token share a read, because the database may hang.
 */
export function createCallerFinder(
  services: IdentifyCallerDeps & Parameters<typeof createAuthentication>[0],
): (facts: CallerFacts, options?: IdentifyCallerOptions) => Awaitable<Caller> {
  const pending = new Map<string, Promise<unknown>>()
  const readSession = (claims: VerifiedClaims, cookie: string | undefined): Awaitable<unknown> => {
    const shared = pending.get(claims.tokenId)
    if (shared !== undefined || pending.size >= maxPendingReads) return shared
    const read = () => createAuthentication(services, requestCookies(cookie), claims).session()
    // Without a database the call itself fails.
    const session = orElse(read, () => null)
    if (!(session instanceof Promise)) return session
    const ended = session.finally(() => pending.delete(claims.tokenId))
    pending.set(claims.tokenId, ended)
    return ended
  }
  return (facts, options = {}) => {
    const caller = identifyCaller(services, facts, options)
    if (caller.userId !== null || caller.claims === null || options.countsForAddress === true) return caller
    const read = readSession(caller.claims, facts.cookie)
    return andThen(read, () => identifyCaller(services, facts, options))
  }
}

/** Returns the caller that an address is, perhaps with a token. */
export function addressCaller(ip: string | null, claims: VerifiedClaims | null = null): Caller {
  return { key: addressKey(ip), userId: null, claims, credentialId: null }
}

/** Returns the claims of the session cookie. Equal headers of one connection are parsed once. */
function claimsOf(
  { sessionCookie, sessionTokens }: Pick<Services, 'sessionCookie' | 'sessionTokens'>,
  header: string | undefined,
  last: LastCookie | undefined,
): VerifiedClaims | null {
  if (header === undefined) return null
  if (header === last?.header) return last.claims
  const token = sessionCookie.read(requestCookies(header))
  const claims = token === undefined ? null : sessionTokens.verify(token)
  if (last !== undefined && claims !== null && header.length <= maxKeptHeader) {
    last.header = header
    last.claims = claims
  }
  return claims
}

function accountKey(userId: string): string {
  return `account ${userId}`
}

type ConsumeCallMeta = Pick<Access, 'hashesPassword' | 'recovers' | 'scope'>

type ConsumeCallDeps = Pick<Context, 'auth' | 'meter' | 'rateLimits' | 'request' | 'token'>

/**
 * Counts one call before any of its work: for the account of a live session, however many sessions it has,
 * otherwise for the address. An ended or invalid token has no allowance. Log-ins and sign-ups always count
 * for the address, because an attacker with a copy of the cookie can use up the account's allowance. Calls
 * that recover the account count for the address once nothing is left of it.
 * @returns 0, or after how many seconds to retry
 */
export function consumeCall(
  ctx: ConsumeCallDeps,
  type: ProcedureType,
  { hashesPassword = false, recovers = false, scope }: ConsumeCallMeta = {},
): Awaitable<number> {
  const { auth, token, meter } = ctx
  if (token !== null) {
    const isAccepted = scope !== undefined && !token.isWithCookie
    if (isAccepted) return consumeCallOfToken(ctx, token, type)
    // For the log: a stolen token tries what no token may do.
    meter.tokenId = token.known()?.id ?? null
    return consumeOfAddress(ctx)
  }
  return andThen(hashesPassword ? null : auth.session(), (session) => {
    if (session === null) return consumeOfAddress(ctx)
    meter.accountId = session.user_id
    const counted = consumeOf(ctx.rateLimits, session.user_id, type)
    return andThen(counted, (wait) => (wait === 0 ? 0 : consumeReserve(ctx, session, { wait, recovers })))
  })
}

/** @returns 0; when nothing is left of the reserve either, `wait` or that of the address */
async function consumeReserve(
  ctx: ConsumeCallDeps,
  session: SessionWithUser,
  { wait, recovers }: { wait: number; recovers: boolean },
): Promise<number> {
  const { rateLimits } = ctx
  // Rejected calls must not count for the account: a flood from one session would use up the reserve of the
  // others.
  const isInReserve =
    (await rateLimits.consume('reserveCallsPerSession', session.id)) === 0 &&
    (await rateLimits.consume('reserveCallsPerAccount', session.user_id)) === 0
  if (isInReserve) return 0
  return recovers ? consumeOfAddress(ctx) : wait
}

/** Counts a call for the token and for its account, so that one token leaves calls to the user's sessions. */
async function consumeCallOfToken(
  ctx: ConsumeCallDeps,
  authentication: TokenAuthentication,
  type: ProcedureType,
): Promise<number> {
  const { meter, rateLimits, request } = ctx
  if (authentication.isWellFormed && authentication.known() === undefined) {
    const wait = await rateLimits.wait('tokenFailuresPerAddress', addressKey(request.ip))
    if (wait > 0) return wait
  }
  const token = await authentication.token()
  if (token === null) {
    if (authentication.isWellFormed)
      await rateLimits.consume('tokenFailuresPerAddress', addressKey(request.ip))
    return consumeOfAddress(ctx)
  }
  meter.accountId = token.user.id
  meter.tokenId = token.id
  const limit = type === 'mutation' ? 'mutationsPerToken' : 'queriesPerToken'
  const wait = await rateLimits.consume(limit, token.id)
  return wait > 0 ? wait : consumeOf(rateLimits, token.user.id, type)
}

function consumeOfAddress({ rateLimits, request }: ConsumeCallDeps) {
  return consumeCallsOfAddress(rateLimits, request.ip)
}

/** Counts calls without a session. @returns 0, or after how many seconds to retry */
function consumeCallsOfAddress(rateLimits: RateLimits, ip: string | null, calls = 1): Awaitable<number> {
  return rateLimits.consume('anonymousCallsPerAddress', addressKey(ip), calls)
}

interface RejectedCalls {
  /** Undefined when the calls count for the address in any case. */
  caller: Caller | undefined
  ip: string | null
  calls: number
}

/**
 * Counts calls that are rejected before their procedures run: as mutations of the caller's account, and of
 * its access token, otherwise for the address.
 * @returns 0, or after how many seconds to retry
 */
export function consumeRejected(
  rateLimits: RateLimits,
  { caller, ip, calls }: RejectedCalls,
): Awaitable<number> {
  const userId = caller?.userId ?? null
  if (caller === undefined || userId === null) return consumeCallsOfAddress(rateLimits, ip, calls)
  const tokenId = caller.claims === null ? caller.credentialId : null
  const counted = tokenId === null ? 0 : rateLimits.consume('mutationsPerToken', tokenId, calls)
  return andThen(counted, (wait) =>
    wait > 0 ? wait : rateLimits.consume('mutationsPerAccount', userId, calls),
  )
}

function consumeOf(rateLimits: RateLimits, userId: string, type: ProcedureType): Awaitable<number> {
  if (type === 'mutation') return rateLimits.consume('mutationsPerAccount', userId)
  return andThen(rateLimits.wait('readBytesPerAccount', userId), (wait) =>
    wait > 0 ? wait : rateLimits.consume('queriesPerAccount', userId),
  )
}

/**
 * Charges the bytes that a call sends or that a search compares. Charged afterwards, so the call that uses up
 * the allowance still succeeds.
 */
export function chargeReadBytes(
  { meter, rateLimits }: Pick<ConsumeCallDeps, 'meter' | 'rateLimits'>,
  bytes: number,
): Awaitable<unknown> {
  return meter.accountId === null ? 0 : rateLimits.consume('readBytesPerAccount', meter.accountId, bytes)
}
