import { createHmac } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Database, ReadOnlyDatabase } from './db/database.ts'
import { fail } from './failures.ts'
import type { QueueCaller } from './fair-order.ts'
import type { Actor } from './features/audit/index.ts'
import type { DeviceCookie } from './features/devices/index.ts'
import type { PendingLoginCookie } from './features/factors/pending-login.ts'
import type { AttemptCookie } from './features/identities/attempt-cookie.ts'
import type { Providers } from './features/identities/provider/providers.ts'
import type { IdentitySignupCookie } from './features/identities/signup-cookie.ts'
import type { MailMode } from './features/mail/mode.ts'
import type { Outbox } from './features/mail/outbox.ts'
// Not from the feature's index.ts, whose procedures import this file: that would be a cycle.
import type { PasskeyChallenges } from './features/passkeys/challenge.ts'
import type { BreachCheck } from './features/passwords/breach-check/breach-check.ts'
import type { HashQueue } from './features/passwords/hash-queue.ts'
import type { PasswordPolicy } from './features/passwords/policy.ts'
import type { PasswordScheme } from './features/passwords/scheme.ts'
import type { SprayDetector } from './features/passwords/spray-detector.ts'
import { createAuthentication } from './features/sessions/index.ts'
import type {
  Authentication,
  EndedTokens,
  LiveTokens,
  VerifiedClaims,
  SessionCookie,
  SessionNews,
  SessionStreams,
  SessionTokens,
} from './features/sessions/index.ts'
import type { ThrottleKeys } from './features/throttle/index.ts'
import { authenticateToken } from './features/tokens/index.ts'
import type { KnownTokens, TokenAuthentication } from './features/tokens/index.ts'
import { requestCookies } from './http/cookies.ts'
import type { Cookies } from './http/cookies.ts'
import type { Clock } from './ports/clock.ts'
import type { Log } from './ports/log.ts'
import { createBatchBudget } from './rate-limits/batch-budget.ts'
import type { BatchBudget } from './rate-limits/batch-budget.ts'
import { networkOf } from './rate-limits/bounded-limiter.ts'
import type { FairQueue } from './rate-limits/fair-queue.ts'
import type { InFlightCounter } from './rate-limits/in-flight-counter.ts'
import { addressKey } from './rate-limits/rate-limits.ts'
import type { RateLimits } from './rate-limits/rate-limits.ts'
import type { Sealer } from './settings/seal.ts'
import type { AccountSettings } from './settings/settings.ts'

/** Everything a procedure may use besides its input; `createServices` makes it once per process. */
export interface Services {
  settings: AccountSettings
  db: Database
  clock: Clock
  /**
   * The machine's time, which may be set back. Only for comparison with the clock of another machine: a phone
   * or a provider.
   */
  wallClock: Clock
  log: Log
  /** The origin of links in mails: PUBLIC_URL, never the `Host` of a request. */
  publicUrl: () => string
  mailMode: MailMode
  outbox: Outbox
  /** Seals the secrets of authenticator apps. */
  totpSealer: Sealer
  sessionTokens: SessionTokens
  sessionCookie: SessionCookie
  endedTokens: EndedTokens
  liveTokens: LiveTokens
  sessionStreams: SessionStreams
  sessionNews: SessionNews
  knownTokens: KnownTokens
  deviceCookie: DeviceCookie
  pendingLogin: PendingLoginCookie
  passkeyChallenges: PasskeyChallenges
  /** The providers of outside identities, by name. */
  providers: Providers
  attemptCookie: AttemptCookie
  identitySignup: IdentitySignupCookie
  passwordScheme: PasswordScheme
  passwordPolicy: PasswordPolicy
  breachCheck: BreachCheck
  hashQueue: HashQueue
  rateLimits: RateLimits
  sprayDetector: SprayDetector
  /** Accounts whose export is being sent. */
  exports: InFlightCounter
  /** Slots for lists and searches, by account. */
  heavyReads: FairQueue
  /** The keys under which failed passwords are counted in the database. */
  throttleKeys: ThrottleKeys
  /** Key of `pseudonymize`, for typed user names that do not exist: they are often mistyped passwords. */
  identifierKey: KeyObject
  /** Lets running hashes end and closes the database. */
  close(): Promise<void>
}

/** The account to which the calls of one request are charged. */
interface Meter {
  /** The account of the live session; null until a call has found one. */
  accountId: string | null
  /** The public id of the access token; null until a call has found a valid one. */
  tokenId: string | null
}

/** @throws Error without an account: the guard of a signed-in user comes first */
export function accountIdOf({ accountId }: Meter): string {
  if (accountId === null) throw new Error('The call is not charged to an account.')
  return accountId
}

/** The facts of a request. `ip` is the client's address, as far as the proxy setting trusts it. */
export interface RequestFacts {
  id: string
  ip: string | null
  userAgent: string | null
  /** The raw `Cookie` header. */
  cookie: string | undefined
  /** The `Authorization` header. Default: none. */
  authorization?: string | undefined
  /** The size of its body. Default: 0. */
  bodyBytes?: number
  /** How many calls the request contains. Default: 1. */
  calls?: number
  /** How long the request waited before it started, in milliseconds. Default: 0. */
  waitedMs?: number
  /** The claims of the cookie's token, if the host has checked its signature already. */
  claims?: VerifiedClaims | null | undefined
}

/** One HTTP request: the services, the facts and the caller. The calls of a batch share it. */
export interface Context extends Omit<Services, 'db'> {
  /** Only the guards that let a procedure write directly give it the whole database. */
  db: ReadOnlyDatabase
  request: Pick<RequestFacts, 'id' | 'ip' | 'userAgent'> & { bodyBytes: number }
  cookies: Cookies
  auth: Authentication
  /** Null without `Authorization: Bearer`. */
  token: TokenAuthentication | null
  actor: Actor
  meter: Meter
  /** Bounds the time that all calls of the request wait for the database. */
  withinBudget: ReturnType<Database['openCall']>
  /** Null for a single call. */
  batch: BatchBudget | null
  /** Ids of users this request changed; their event streams are re-checked after the call. */
  changedUserIds: Set<string>
  /** Ids of the mails that this request queued; the sender is woken after the call. */
  queuedMailIds: Set<string>
}

/** Browsers send shorter ones; this much is enough to recognise a longer one. */
const longestUserAgent = 300

/**
 * Limits the characters and bytes of a user agent, and replaces what is not printable ASCII: an attacker
 * chose it, and admins print audit events.
 */
function cleanUserAgent(userAgent: string | null): string | null {
  return userAgent?.slice(0, longestUserAgent).replace(/[^ -~]/g, '?') ?? null
}

export function createContext(services: Services, facts: RequestFacts): Context {
  const { id, ip, userAgent, cookie, authorization, claims } = facts
  const { bodyBytes = 0, calls = 1, waitedMs = 0 } = facts
  const cookies = requestCookies(cookie)
  const meter: Meter = { accountId: null, tokenId: null }
  const context = {
    ...services,
    /** Not in the type: only `mayFail` adds it, for the failures that it declares. */
    fail,
    request: { id, ip, userAgent: cleanUserAgent(userAgent), bodyBytes },
    cookies,
    auth: createAuthentication(services, cookies, claims),
    token: authenticateToken(services, authorization, () => services.sessionCookie.isSent(cookies)),
    actor: { kind: 'anonymous' } as const,
    meter,
    withinBudget: services.db.openCall(waitedMs, () => queueCallerOf(ip, meter)),
    batch: calls > 1 ? createBatchBudget() : null,
    changedUserIds: new Set<string>(),
    queuedMailIds: new Set<string>(),
  }
  return context
}

function queueCallerOf(ip: string | null, { accountId }: Meter): QueueCaller {
  const address = addressKey(ip)
  return { key: accountId ?? address, network: networkOf(address) }
}

/**
 * Returns a keyed hash of an identifier that must not be stored: equal identifiers have equal hashes, and no
 * hash can be reversed.
 */
export function pseudonymize({ identifierKey }: Pick<Services, 'identifierKey'>, identifier: string): string {
  return createHmac('sha256', identifierKey).update(identifier).digest('base64url')
}
